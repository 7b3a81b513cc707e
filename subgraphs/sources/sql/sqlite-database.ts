import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';

/** Kysely over tables known only at run time: queries are written with its `sql` tag, which quotes and binds. */
export type SqlDatabase = Kysely<Record<never, never>>;

/** Functions of one text that SQL may call by their names; null in, null out. */
export type SqlFunctions = Readonly<Record<string, (text: string) => number>>;

export interface SqliteDatabaseOptions {
  /** A file, opened read-only; or a database that the caller opened, such as one in memory. */
  readonly database: string | DatabaseSync;
  readonly functions?: SqlFunctions;
}

/** Closed with `await database.destroy()`. Throws when the file is missing or is no database. */
export function openSqliteDatabase(options: SqliteDatabaseOptions): SqlDatabase {
  return new Kysely({ dialect: new SqliteDialect({ database: prepared(options) }) });
}

/** The same, opened by the first question: while the file is not there questions fail, and the first after it has come does not. */
export function openSqliteFileLater(
  options: SqliteDatabaseOptions & { readonly database: string },
): SqlDatabase {
  return new Kysely({ dialect: new SqliteDialect({ database: async () => prepared(options) }) });
}

function prepared({ database, functions = {} }: SqliteDatabaseOptions): PreparedDatabase {
  const sqlite = typeof database === 'string' ? new DatabaseSync(database, { readOnly: true }) : database;
  for (const [name, apply] of Object.entries(functions)) {
    sqlite.function(name, { deterministic: true }, (value) =>
      typeof value === 'string' ? apply(value) : null,
    );
  }
  return new PreparedDatabase(sqlite);
}

/** Statements are prepared once: a subgraph asks the same few shapes over and over, and preparing costs more than most of them. */
const MAX_STATEMENTS = 200;

/** What SqliteDialect asks of better-sqlite3, answered by node:sqlite. */
class PreparedDatabase {
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(private readonly sqlite: DatabaseSync) {}

  close(): void {
    this.#statements.clear();
    this.sqlite.close();
  }

  prepare(text: string): PreparedStatement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
    const statement = new PreparedStatement(this.sqlite.prepare(text));
    this.#statements.set(text, statement);
    return statement;
  }
}

class PreparedStatement {
  readonly reader: boolean;

  constructor(private readonly statement: StatementSync) {
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.statement.all(...toInput(parameters));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.statement.run(...toInput(parameters));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.statement.iterate(...toInput(parameters));
  }
}

/** Our queries bind texts, numbers and nulls only; anything else node:sqlite refuses by itself. */
function toInput(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}
