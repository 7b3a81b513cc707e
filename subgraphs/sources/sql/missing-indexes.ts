import type { DossierMapping, LookupMapping } from '../dossiers/dossier-mapping';
import type { SqlDialectName } from './dialects/sql-dialect';
import type { TableIndex } from './table-indexes';

/** An index that the system lacks: a statement for its administrator to judge and run, and what it is for. */
export interface MissingIndex {
  readonly create: string;
  readonly why: string;
}

interface WantedIndex {
  readonly table: string;
  /** What a query needs it to begin with. */
  readonly columns: readonly string[];
  /** Columns after those that save a look into the table. */
  readonly also?: readonly string[];
  /** Columns that a query of figures reads beside: with them it need not look into the table at all. */
  readonly covers?: readonly string[];
  readonly why: string;
}

/** What the queries of this project need and no index of the system begins with. */
export function missingIndexes(
  mapping: DossierMapping,
  dialect: SqlDialectName,
  existing: readonly TableIndex[],
): readonly MissingIndex[] {
  const wanted = wantedIndexes(mapping).filter((index) => !isServed(index, existing));
  return wanted.map((index) => ({ create: createStatement(index, dialect), why: index.why }));
}

function wantedIndexes(mapping: DossierMapping): readonly WantedIndex[] {
  const { table, code, aliases, dates, receivingAgency, supplements, steps } = mapping;
  const agency = 'constant' in receivingAgency ? null : receivingAgency.column;
  const finished = dates.finished === null ? [] : [dates.finished.column];
  const due = dates.due?.column ?? null;
  const received = dates.received.column;
  return [
    { table, columns: [code], why: 'a dossier by its code' },
    ...aliases.map((column) => ({ table, columns: [column], why: 'a dossier by another of its codes' })),
    ...(agency === null
      ? []
      : [
          {
            table,
            columns: [agency, received],
            covers: figureColumns(mapping),
            why: 'pages and figures of one agency, by the date of receipt',
          },
        ]),
    ...(agency === null || due === null
      ? []
      : [{ table, columns: [agency, due], also: finished, why: 'what one agency has due and overdue' }]),
    { table, columns: [received], why: 'pages of all agencies, by the date of receipt' },
    ...(due === null ? [] : [{ table, columns: [due], also: finished, why: 'what is due and overdue' }]),
    ...(supplements === null
      ? []
      : [{ table: supplements.table, columns: [supplements.dossier], why: 'the supplements of a dossier' }]),
    ...(steps === null
      ? []
      : [{ table: steps.table, columns: [steps.dossier], why: 'the steps of a dossier' }]),
    ...lookups(mapping).map(({ table: from, match }) => ({
      table: from,
      columns: [match],
      why: 'what a value of a dossier means in the catalogue of the system',
    })),
  ];
}

/** What figures are made of, beside agency and date of receipt. */
function figureColumns({ dates, status, channel, deleted }: DossierMapping): readonly string[] {
  const { due, finished, returned, refused } = dates;
  const columns = [
    ...[due, finished, returned, refused].map((date) => date?.column),
    ...status.columns,
    channel !== null && 'column' in channel ? channel.column : undefined,
    deleted?.column,
  ];
  return [...new Set(columns.filter((column) => column !== undefined))];
}

function lookups({ procedure, field }: DossierMapping): readonly LookupMapping[] {
  const all = [...(procedure?.through ?? []), ...(field?.through ?? [])];
  const byKey = new Map(all.map((lookup) => [`${lookup.table} ${lookup.match}`, lookup]));
  return [...byKey.values()];
}

function isServed({ table, columns }: WantedIndex, existing: readonly TableIndex[]): boolean {
  return existing.some(
    (index) => index.table === table && columns.every((column, i) => index.columns[i] === column),
  );
}

function createStatement(
  { table, columns, also = [], covers = [] }: WantedIndex,
  dialect: SqlDialectName,
): string {
  const quote = (name: string) => quoted(name, dialect);
  const all = [...columns, ...also];
  const name = indexName(table, all);
  const target = `${table.split('.').map(quote).join('.')} (${all.map(quote).join(', ')})`;
  // PostgreSQL would otherwise keep writers waiting while it reads the table.
  const create = dialect === 'postgres' ? 'CREATE INDEX CONCURRENTLY' : 'CREATE INDEX';
  const canCover = dialect === 'postgres' || dialect === 'mssql';
  const include = canCover && covers.length > 0 ? ` INCLUDE (${covers.map(quote).join(', ')})` : '';
  return `${create} ${quote(name)} ON ${target}${include}`;
}

function indexName(table: string, columns: readonly string[]): string {
  const name = [table.split('.').at(-1), ...columns].join('_').normalize('NFD').toLowerCase();
  return `lt_${name.replaceAll('đ', 'd').replace(/[^a-z0-9_]/g, '')}`.slice(0, 60);
}

function quoted(name: string, dialect: SqlDialectName): string {
  if (dialect === 'mssql') return `[${name.replaceAll(']', ']]')}]`;
  return dialect === 'mariadb' || dialect === 'mysql' ? `\`${name}\`` : `"${name}"`;
}
