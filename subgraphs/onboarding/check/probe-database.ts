import { sql } from 'kysely';
import type { OpenSqlDatabase } from '../../sources/sql/open-sql-database';
import { SourceProblem, type SourceProblemCode } from '../../sources/source-problem';
import { toSourceProblem } from '../../sources/sql/sql-problem';
import type { Probe } from './readable-dossiers';

/** After these no other table or column will answer either. */
const WHOLE_SYSTEM: readonly SourceProblemCode[] = ['SOURCE_UNREACHABLE', 'SOURCE_REFUSED', 'SOURCE_TIMEOUT'];

/**
 * Asks for columns of no row: that tells what is there and may be read, in every database alike.
 * @throws SourceProblem when the system as a whole does not answer.
 */
export function probeOf({ kysely, place }: OpenSqlDatabase): Probe {
  return async (table, columns) => {
    const wanted = columns.length === 0 ? [sql`1`] : columns.map((column) => sql`${sql.id('t', column)}`);
    const statement = sql`SELECT ${sql.join(wanted)} FROM ${sql.table(table)} AS ${sql.id('t')} WHERE 1 = 0`;
    try {
      await statement.execute(kysely);
      return null;
    } catch (error) {
      const problem = toSourceProblem(error, place);
      if (problem.code === 'SOURCE_BAD_FILE') throw problem;
      if (WHOLE_SYSTEM.includes(problem.code) && !(await answers(kysely))) throw problem;
      return columns.length === 0
        ? new SourceProblem('SOURCE_NO_TABLE', await tableMessage(kysely, table, error), table, error)
        : new SourceProblem(
            'SOURCE_NO_COLUMN',
            await columnMessage(kysely, table, columns, error),
            `${table}.${columns.join(', ')}`,
            error,
          );
    }
  };
}

/** An account without the right to one table is refused there, and may read the rest. */
async function answers(kysely: OpenSqlDatabase['kysely']): Promise<boolean> {
  return sql`SELECT 1`.execute(kysely).then(
    () => true,
    () => false,
  );
}

async function tableMessage(
  kysely: OpenSqlDatabase['kysely'],
  table: string,
  error: unknown,
): Promise<string> {
  const names = (await tablesOf(kysely)).map(({ name }) => name);
  return `${reasonOf(error)}${hint(table.split('.').at(-1) ?? table, names)}`;
}

async function columnMessage(
  kysely: OpenSqlDatabase['kysely'],
  table: string,
  columns: readonly string[],
  error: unknown,
): Promise<string> {
  const name = table.split('.').at(-1);
  const found = (await tablesOf(kysely)).find((candidate) => candidate.name === name);
  const names = found?.columns.map((column) => column.name) ?? [];
  return `${reasonOf(error)}${hint(columns[0] ?? '', names)}`;
}

/** For a hint only: a system that does not tell is no worse. */
async function tablesOf(kysely: OpenSqlDatabase['kysely']) {
  return kysely.introspection.getTables().catch(() => []);
}

function hint(wanted: string, names: readonly string[]): string {
  const near = names.filter((name) => name !== wanted && isNear(wanted, name));
  return near.length === 0 ? '' : `; did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}

/** The same letters in another case or with other separators, or one of them in the other. */
function isNear(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  return a === b || (Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a)));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^Error: /, '') : String(error);
}
