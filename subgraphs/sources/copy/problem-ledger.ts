import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RowProblem, RowProblemCode } from '../source-problem';
import type { Collection } from './record-reader';
import type { Telling } from './row-writer';

/** One thing that is wrong, in however many rows. */
export interface CountedProblem {
  readonly collection: Collection;
  readonly code: RowProblemCode;
  readonly column: string | null;
  readonly value: string | null;
  readonly count: number;
  /** A few of the rows. */
  readonly places: readonly string[];
}

const MAX_PLACES = 5;
/** Beyond so many different ones in a collection, values are no longer told apart: every row may be wrong in its own way. */
const MAX_DISTINCT = 5_000;

/** The problems of the rows that a store was told, by code, column and value. Always inside a transaction of its caller. */
export class ProblemLedger {
  readonly #add: StatementSync;
  readonly #forget: StatementSync;
  #known: Set<string>;

  constructor(
    private readonly database: DatabaseSync,
    private readonly collection: Collection,
  ) {
    // Places are put together in SQL only while there are few: the text stays short.
    this.#add = database.prepare(
      `INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (collection, scope, generation, code, "column", value) DO UPDATE SET
          count = count + excluded.count,
          places = CASE WHEN json_array_length(places) >= ${MAX_PLACES} THEN places
            ELSE (SELECT json_group_array(value) FROM (SELECT value FROM json_each(places) UNION ALL SELECT value FROM json_each(excluded.places) LIMIT ${MAX_PLACES})) END`,
    );
    this.#forget = database.prepare(
      'DELETE FROM problems WHERE collection = ? AND scope = ? AND generation <> ?',
    );
    this.#known = this.#read();
  }

  add(problems: readonly RowProblem[], { scope, generation }: Telling): void {
    for (const entry of this.#grouped(problems).values()) {
      const { code, column, value, count, places } = entry;
      this.#add.run(
        this.collection,
        scope,
        generation,
        code,
        column ?? '',
        value ?? '',
        count,
        JSON.stringify(places),
      );
    }
  }

  /** The scope was told whole: what was wrong with it before says nothing any more. */
  keepOnly({ scope, generation }: Telling): void {
    this.#forget.run(this.collection, scope, generation);
    this.#known = this.#read();
  }

  #read(): Set<string> {
    const rows = this.database
      .prepare('SELECT DISTINCT code, "column" AS "column", value FROM problems WHERE collection = ?')
      .all(this.collection);
    return new Set(
      rows.map((row) => keyOf(String(row['code']), String(row['column']), String(row['value']))),
    );
  }

  #isKept(key: string): boolean {
    if (this.#known.has(key)) return true;
    if (this.#known.size >= MAX_DISTINCT) return false;
    this.#known.add(key);
    return true;
  }

  #grouped(problems: readonly RowProblem[]): ReadonlyMap<string, CountedProblem> {
    const groups = new Map<string, CountedProblem>();
    for (const { code, column, value: told, place } of problems) {
      const value = this.#isKept(keyOf(code, column, told)) ? told : null;
      const key = keyOf(code, column, value);
      const group = groups.get(key);
      const places = group?.places ?? [];
      groups.set(key, {
        collection: this.collection,
        code,
        column,
        value,
        count: (group?.count ?? 0) + 1,
        places: places.length < MAX_PLACES ? [...places, place] : places,
      });
    }
    return groups;
  }
}

function keyOf(code: string, column: string | null, value: string | null): string {
  return `${code}\u0000${column ?? ''}\u0000${value ?? ''}`;
}

/** The most frequent first. */
export function readProblems(database: DatabaseSync): readonly CountedProblem[] {
  const rows = database
    .prepare(
      `SELECT collection, code, "column" AS "column", value, sum(count) AS count, max(places) AS places FROM problems
        GROUP BY collection, code, "column", value ORDER BY count DESC, collection, code, "column", value`,
    )
    .all();
  return rows.map((row) => ({
    // Written by the ledger above, from values of these types.
    collection: row['collection'] as Collection,
    code: row['code'] as RowProblemCode,
    column: row['column'] === '' ? null : String(row['column']),
    value: row['value'] === '' ? null : String(row['value']),
    count: Number(row['count']),
    places: JSON.parse(String(row['places'])) as string[],
  }));
}
