import type {
  AgencyMapping,
  DateMapping,
  DossierMapping,
  StatusMapping,
} from '../../sources/dossiers/dossier-mapping';
import type { SourceProblem } from '../../sources/source-problem';
import type { MissingPart } from './system-facts';

export type DossierDates = DossierMapping['dates'];

/** What is left of a mapping when some of its columns are not there: enough to check the rest. */
export interface ReadableDossiers extends Omit<
  DossierMapping,
  'code' | 'receivingAgency' | 'status' | 'dates'
> {
  readonly code: string | null;
  readonly receivingAgency: AgencyMapping | null;
  readonly status: StatusMapping | null;
  readonly dates: Readonly<Record<keyof DossierDates, DateMapping | null>>;
}

/** Answers what is wrong with reading these columns of a table (or with `[]` the table itself); null when it can be read. */
export type Probe = (table: string, columns: readonly string[]) => Promise<SourceProblem | null>;

export interface ReadableResult<Mapping> {
  /** null: the table itself cannot be read. */
  readonly mapping: Mapping | null;
  readonly missing: readonly MissingPart[];
}

interface NamedColumn {
  readonly path: string;
  readonly table: string;
  readonly column: string;
}

/** Tries every table and column that the mapping names, and leaves out what does not answer. */
export async function readableDossiers(
  mapping: DossierMapping,
  probe: Probe,
): Promise<ReadableResult<ReadableDossiers>> {
  const table = await probe(mapping.table, []);
  if (table !== null) return { mapping: null, missing: [{ problem: table, paths: ['dossiers.table'] }] };
  const missing = await missingParts(namedColumns(mapping), probe);
  const isMissing = (path: string) =>
    missing.some(({ paths }) => paths.some((one) => one === path || one.startsWith(`${path}.`)));
  return { mapping: without(mapping, isMissing), missing };
}

function without(mapping: DossierMapping, isMissing: (path: string) => boolean): ReadableDossiers {
  const keep = <Part>(name: string, part: Part): Part | null => (isMissing(`dossiers.${name}`) ? null : part);
  const { dates, supplements, steps } = mapping;
  return {
    ...mapping,
    code: keep('code', mapping.code),
    aliases: mapping.aliases.filter((_, i) => !isMissing(`dossiers.aliases.${i}`)),
    procedure: keep('procedure', mapping.procedure),
    field: keep('field', mapping.field),
    receivingAgency: keep('receivingAgency', mapping.receivingAgency),
    handlingAgency: keep('handlingAgency', mapping.handlingAgency),
    status: keep('status', mapping.status),
    channel: keep('channel', mapping.channel),
    deleted: keep('deleted', mapping.deleted),
    updatedAt: keep('updatedAt', mapping.updatedAt),
    supplements: keep('supplements', supplements),
    steps: keep('steps', steps),
    dates: {
      submitted: keep('dates.submitted', dates.submitted),
      received: keep('dates.received', dates.received),
      due: keep('dates.due', dates.due),
      finished: keep('dates.finished', dates.finished),
      returned: keep('dates.returned', dates.returned),
      refused: keep('dates.refused', dates.refused),
    },
  };
}

/** A table is asked for all its columns at once, and one by one only when that fails. One problem, however often it is named. */
async function missingParts(columns: readonly NamedColumn[], probe: Probe): Promise<readonly MissingPart[]> {
  const missing: MissingPart[] = [];
  for (const [table, ofTable] of Map.groupBy(columns, (column) => column.table)) {
    const byColumn = Map.groupBy(ofTable, ({ column }) => column);
    if ((await probe(table, [...byColumn.keys()])) === null) continue;
    const whole = await probe(table, []);
    if (whole !== null) {
      missing.push({ problem: whole, paths: ofTable.map(({ path }) => path) });
      continue;
    }
    for (const [column, named] of byColumn) {
      const problem = await probe(table, [column]);
      if (problem !== null) missing.push({ problem, paths: named.map(({ path }) => path) });
    }
  }
  return missing;
}

function namedColumns(mapping: DossierMapping): readonly NamedColumn[] {
  const { table, supplements, steps } = mapping;
  const here = (path: string, column: string | null | undefined, of = table): readonly NamedColumn[] =>
    column === null || column === undefined ? [] : [{ path: `dossiers.${path}`, table: of, column }];
  const coded = (path: string, part: { readonly column?: string } | object | null) =>
    here(path, part !== null && 'column' in part ? part.column : null);
  const followed = (path: string, part: DossierMapping['field']): readonly NamedColumn[] => [
    ...here(path, part?.column),
    ...(part?.through ?? []).flatMap((lookup, i) => [
      ...here(`${path}.through.${i}.match`, lookup.match, lookup.table),
      ...here(`${path}.through.${i}.value`, lookup.value, lookup.table),
    ]),
  ];
  return [
    ...here('code', mapping.code),
    ...mapping.aliases.flatMap((alias, i) => here(`aliases.${i}`, alias)),
    ...followed('procedure', mapping.procedure),
    ...followed('field', mapping.field),
    ...coded('receivingAgency', mapping.receivingAgency),
    ...coded('handlingAgency', mapping.handlingAgency),
    ...mapping.status.columns.flatMap((column) => here('status', column)),
    ...coded('channel', mapping.channel),
    ...coded('deleted', mapping.deleted),
    ...coded('synthetic', mapping.synthetic),
    ...here('updatedAt', mapping.updatedAt?.column),
    ...Object.entries(mapping.dates).flatMap(([name, date]) => here(`dates.${name}`, date?.column)),
    ...(supplements === null
      ? []
      : [
          ...here('supplements.refersTo', supplements.refersTo),
          ...here('supplements.dossier', supplements.dossier, supplements.table),
          ...here('supplements.requestedAt', supplements.requestedAt.column, supplements.table),
          ...here('supplements.completedAt', supplements.completedAt?.column, supplements.table),
          ...here('supplements.dueBefore', supplements.dueBefore?.column, supplements.table),
          ...here('supplements.dueAfter', supplements.dueAfter?.column, supplements.table),
          ...here('supplements.deleted', supplements.deleted?.column, supplements.table),
        ]),
    ...(steps === null
      ? []
      : [
          ...here('steps.refersTo', steps.refersTo),
          ...here('steps.dossier', steps.dossier, steps.table),
          ...here('steps.at', steps.at.column, steps.table),
          ...here('steps.dueAt', steps.dueAt?.column, steps.table),
          ...here('steps.unit', steps.unit, steps.table),
          ...(steps.status?.columns ?? []).flatMap((column) => here('steps.status', column, steps.table)),
        ]),
  ];
}
