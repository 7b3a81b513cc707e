import type { AgencyMapping, ChannelMapping, DateMapping } from '../dossiers/dossier-mapping';
import type { CopiedDossiersMapping, ProceduresMapping } from '../mapping/system-mapping';
import { compileComputed } from './computed-columns';
import { nameOfText } from './read-dossier';

/** What a reader must give of each record: nothing else is read from a system. */
export interface RecordNames {
  readonly columns: readonly string[];
  /** Lists inside the record, and the names inside their items. */
  readonly lists: readonly { readonly items: string; readonly columns: readonly string[] }[];
}

export function namesOfDossiers(mapping: CopiedDossiersMapping): RecordNames {
  const { supplements, steps, synthetic, dates } = mapping;
  const columns = [
    mapping.code,
    ...mapping.aliases,
    mapping.procedure && nameOfText(mapping.procedure),
    mapping.field && nameOfText(mapping.field),
    columnOf(mapping.receivingAgency),
    columnOf(mapping.handlingAgency),
    columnOf(mapping.channel),
    ...mapping.status.columns,
    ...Object.values(dates).map(dateColumn),
    mapping.deleted?.column ?? null,
    'constant' in synthetic ? null : synthetic.column,
    dateColumn(mapping.updatedAt),
  ];
  return {
    columns: ownColumns(columns, mapping.computed),
    lists: [
      ...(supplements === null
        ? []
        : [
            listOf(supplements.items, [
              dateColumn(supplements.requestedAt),
              dateColumn(supplements.completedAt),
              dateColumn(supplements.dueBefore),
              dateColumn(supplements.dueAfter),
              supplements.deleted?.column ?? null,
            ]),
          ]),
      ...(steps === null
        ? []
        : [
            listOf(steps.items, [
              dateColumn(steps.at),
              dateColumn(steps.dueAt),
              steps.unit,
              ...(steps.status?.columns ?? []),
            ]),
          ]),
    ],
  };
}

export function namesOfProcedures(mapping: ProceduresMapping): RecordNames {
  const { columns, time, money, channelTimes } = mapping;
  const named = [
    ...Object.values(columns),
    ...(time === undefined ? [] : time.kind === 'pair' ? [time.value, time.unit] : [time.column]),
    ...(money === undefined ? [] : [money.min, money.max, money.kind === 'text' ? money.unit : undefined]),
    ...Object.values(channelTimes),
    mapping.deleted?.column,
    mapping.publishedBy === undefined ? undefined : columnOf(mapping.publishedBy),
    dateColumn(mapping.validFrom),
    dateColumn(mapping.validTo),
    dateColumn(mapping.updatedAt),
  ];
  return { columns: ownColumns(named, mapping.computed), lists: [] };
}

function ownColumns(
  named: readonly (string | null | undefined)[],
  computed: Readonly<Record<string, string>>,
): readonly string[] {
  const own = named.filter((name) => name != null).filter((name) => !(name in computed));
  return [...new Set([...own, ...compileComputed(computed).reads])];
}

function listOf(items: string, columns: readonly (string | null)[]): RecordNames['lists'][number] {
  return { items, columns: [...new Set(columns.filter((name) => name !== null))] };
}

function columnOf(mapping: AgencyMapping | ChannelMapping | null): string | null {
  return mapping === null || 'constant' in mapping ? null : mapping.column;
}

function dateColumn(date: DateMapping | null): string | null {
  return date?.column ?? null;
}
