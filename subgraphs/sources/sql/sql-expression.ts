import type { RawBuilder } from 'kysely';

/** A piece of SQL with its values: joined with others by Kysely's `sql` tag, quoted and bound, never pasted. */
export type SqlExpression = RawBuilder<unknown>;
