import type { DateMapping } from '../dossiers/dossier-mapping';
import type { CopiedDossiersMapping, ProceduresMapping } from '../mapping/system-mapping';

export interface NestedNames {
  /** The path to the list. */
  readonly items: string;
  readonly names: readonly string[];
}

/** What is taken from an item of an answer; everything else in it (people's names, free text) is dropped where it was read. */
export interface NeededNames {
  readonly names: readonly string[];
  /** An expression takes the record as a whole, so all plain values at its top are given as well. */
  readonly allTop: boolean;
  readonly nested: readonly NestedNames[];
}

export function neededOfDossiers(mapping: CopiedDossiersMapping): NeededNames {
  const { supplements, steps } = mapping;
  return needed(mapping.computed, namesOfDossiers(mapping), [
    ...(supplements === null
      ? []
      : [
          {
            items: supplements.items,
            names: plain([
              ...dates(
                supplements.requestedAt,
                supplements.completedAt,
                supplements.dueBefore,
                supplements.dueAfter,
              ),
              supplements.deleted?.column,
            ]),
          },
        ]),
    ...(steps === null
      ? []
      : [
          {
            items: steps.items,
            names: plain([...dates(steps.at, steps.dueAt), ...(steps.status?.columns ?? []), steps.unit]),
          },
        ]),
  ]);
}

export function neededOfProcedures(mapping: ProceduresMapping): NeededNames {
  const { columns, time, channelTimes, money, deleted, publishedBy } = mapping;
  const ofTime = time === undefined ? [] : time.kind === 'pair' ? [time.value, time.unit] : [time.column];
  return needed(
    mapping.computed,
    [
      ...Object.values(columns),
      ...ofTime,
      ...Object.values(channelTimes),
      money?.min,
      money?.max,
      money?.kind === 'text' ? money.unit : undefined,
      deleted?.column,
      columnOf(publishedBy),
      ...dates(mapping.validFrom, mapping.validTo, mapping.updatedAt),
    ],
    [],
  );
}

type Name = string | null | undefined;

function namesOfDossiers(mapping: CopiedDossiersMapping): readonly Name[] {
  return [
    mapping.code,
    ...mapping.aliases,
    mapping.procedure?.column,
    mapping.field?.column,
    columnOf(mapping.receivingAgency),
    columnOf(mapping.handlingAgency),
    ...mapping.status.columns,
    columnOf(mapping.channel),
    ...dates(...Object.values(mapping.dates)),
    mapping.deleted?.column,
    columnOf(mapping.synthetic),
    ...dates(mapping.updatedAt),
  ];
}

function needed(
  computed: Readonly<Record<string, string>>,
  names: readonly Name[],
  nested: readonly NestedNames[],
): NeededNames {
  const inputs = Object.values(computed).map(inputsOf);
  return {
    names: plain([
      ...names.filter((name) => name == null || !Object.hasOwn(computed, name)),
      ...inputs.flatMap((found) => found ?? []),
    ]),
    allTop: inputs.includes(null),
    nested,
  };
}

const MEMBER = /\brow(?:\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?!\w*\()|\[\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\])/g;

/** The names that an expression takes from `row`; null when it takes the row in a way that does not tell (a computed key, a macro over it). */
function inputsOf(expression: string): readonly string[] | null {
  const found = [...expression.matchAll(MEMBER)].map(
    ([, dotted, double, single]) => dotted ?? double ?? single ?? '',
  );
  return /\brow\b/.test(expression.replaceAll(MEMBER, '')) ? null : found;
}

function columnOf(mapping: object | null | undefined): Name {
  return mapping != null && 'column' in mapping && typeof mapping.column === 'string' ? mapping.column : null;
}

function dates(...mappings: readonly (DateMapping | null)[]): readonly Name[] {
  return mappings.map((mapping) => mapping?.column);
}

function plain(names: readonly Name[]): readonly string[] {
  return [...new Set(names.filter((name) => name != null))];
}
