import type { SqlDialect } from './dialects/sql-dialect';
import type { SqlDatabase } from './sqlite-database';

/** A database of an agency, read-only, behind one pool; closed when disposed. */
export interface OpenSqlDatabase extends AsyncDisposable {
  readonly kysely: SqlDatabase;
  readonly dialect: SqlDialect;
  /** For messages: `postgres at db.sotuphap.local:5432/motcua`. Never a secret. */
  readonly place: string;
}
