import type { ConditionMapping, DossierMapping, LookupMapping } from '../../dossiers/dossier-mapping';
import { SourceProblem } from '../../source-problem';
import type { TableColumns } from '../table-columns';

export interface PresentMapping {
  readonly mapping: DossierMapping;
  /** What is answered null because a column or table of it is gone. */
  readonly problems: readonly SourceProblem[];
}

/**
 * The mapping, less what needs a column that the system does not have (any more): an empty answer for one field is better than none for
 * all. What a dossier cannot be told without is not left out: its code, agency, status, date of receipt, and what says that it is
 * deleted or made up. @throws SourceProblem SOURCE_NO_TABLE, SOURCE_NO_COLUMN
 */
export function withoutMissing(
  mapping: DossierMapping,
  tables: ReadonlyMap<string, TableColumns>,
  place: string,
): PresentMapping {
  const present = new Presence(tables, place);
  const { table, dates, supplements, steps, procedure, field, handlingAgency, channel } = mapping;
  present.require(table, requiredColumns(mapping));
  const kept = <Part>(
    part: Part | null,
    name: string,
    columns: readonly (string | null)[],
    through: readonly LookupMapping[] = [],
  ) =>
    part !== null &&
    present.allows(`dossiers.${name}`, [
      [table, columns],
      ...through.map((lookup) => [lookup.table, [lookup.match, lookup.value]] as const),
    ])
      ? part
      : null;
  const keptDate = (name: keyof DossierMapping['dates']) =>
    kept(dates[name], `dates.${name}`, [dates[name]?.column ?? null]);
  const without: DossierMapping = {
    ...mapping,
    aliases: mapping.aliases.filter((column) => kept(column, 'aliases', [column]) !== null),
    procedure: kept(procedure, 'procedure', [procedure?.column ?? null], procedure?.through),
    field: kept(field, 'field', [field?.column ?? null], field?.through),
    handlingAgency: kept(handlingAgency, 'handlingAgency', [columnOf(handlingAgency)]),
    channel: kept(channel, 'channel', [columnOf(channel)]),
    dates: {
      submitted: keptDate('submitted'),
      received: dates.received,
      due: keptDate('due'),
      finished: keptDate('finished'),
      returned: keptDate('returned'),
      refused: keptDate('refused'),
    },
    supplements:
      supplements !== null &&
      present.allows('dossiers.supplements', [
        [table, [supplements.refersTo]],
        [
          supplements.table,
          [
            supplements.dossier,
            supplements.requestedAt.column,
            supplements.completedAt?.column ?? null,
            supplements.dueBefore?.column ?? null,
            supplements.dueAfter?.column ?? null,
            supplements.deleted?.column ?? null,
          ],
        ],
      ])
        ? supplements
        : null,
    steps:
      steps !== null &&
      present.allows('dossiers.steps', [
        [table, [steps.refersTo]],
        [
          steps.table,
          [
            steps.dossier,
            steps.at.column,
            steps.unit,
            steps.dueAt?.column ?? null,
            ...(steps.status?.columns ?? []),
          ],
        ],
      ])
        ? steps
        : null,
  };
  return { mapping: without, problems: present.problems };
}

function requiredColumns({ code, receivingAgency, status, dates, deleted, synthetic }: DossierMapping) {
  const conditions: readonly (ConditionMapping | null)[] = [
    deleted,
    'constant' in synthetic ? null : synthetic,
  ];
  return [
    code,
    columnOf(receivingAgency),
    ...status.columns,
    dates.received.column,
    ...conditions.map((condition) => condition?.column ?? null),
  ];
}

function columnOf(
  mapping: { readonly column: string } | { readonly constant: unknown } | null,
): string | null {
  return mapping !== null && 'column' in mapping ? mapping.column : null;
}

type Needs = readonly (readonly [table: string, columns: readonly (string | null)[]])[];

class Presence {
  readonly problems: SourceProblem[] = [];

  constructor(
    private readonly tables: ReadonlyMap<string, TableColumns>,
    private readonly place: string,
  ) {}

  require(table: string, columns: readonly (string | null)[]): void {
    const missing = this.#missing(table, columns);
    if (missing !== null) throw missing('correct the mapping, or bring it back');
  }

  /** Whether all is there; what is not is kept as a problem. */
  allows(path: string, needs: Needs): boolean {
    const missing = needs
      .map(([table, columns]) => this.#missing(table, columns))
      .find((one) => one !== null);
    if (missing === undefined) return true;
    this.problems.push(missing(`${path} is answered empty until it is back, or the mapping is corrected`));
    return false;
  }

  #missing(table: string, columns: readonly (string | null)[]): ((wayOut: string) => SourceProblem) | null {
    const found = this.tables.get(table);
    if (found?.exists !== true) {
      return (wayOut) =>
        new SourceProblem(
          'SOURCE_NO_TABLE',
          `The ${this.place} has no table "${table}" that we may read; ${wayOut}`,
          table,
        );
    }
    const column = columns.find((name) => name !== null && !found.has(name));
    if (column === undefined || column === null) return null;
    return (wayOut) =>
      new SourceProblem(
        'SOURCE_NO_COLUMN',
        `The ${this.place} has no column "${column}" in its table "${table}"; ${wayOut}`,
        `${table}.${column}`,
      );
  }
}
