import { DatabaseSync } from 'node:sqlite';
import type { ProcedureRecord } from '../catalogue/procedure-record';
import type { CountedProblem } from './problem-ledger';
import { readProblems } from './problem-ledger';
import { mergeProcedures } from './procedure-writer';
import type { Collection } from './record-reader';
import { openPass, type PassCounts, type PassKind, type StorePass } from './store-pass';
import { dossierTables, STORE_TABLES, type StoreShape } from './store-schema';

/** A pass that reached its end. */
export interface FinishedPass {
  readonly pass: PassKind;
  /** ISO UTC: what the store has is at least as new as that. */
  readonly beganAt: string;
  readonly endedAt: string;
  readonly counts: PassCounts;
}

export interface LocalStoreOptions {
  /** Made when it is not there. */
  readonly file: string;
  readonly shape: StoreShape;
}

/** Passes that are remembered of each collection. */
const MAX_PASSES = 200;

/**
 * What was copied of one system, in one file of SQLite. One process writes, through one of these; whoever reads opens the file by itself
 * and sees whole batches. A batch and its mark are one transaction, so that a killed pass goes on where its rows end.
 */
export class LocalStore implements Disposable {
  readonly file: string;
  readonly shape: StoreShape;
  readonly #database: DatabaseSync;

  constructor({ file, shape }: LocalStoreOptions) {
    this.file = file;
    this.#database = new DatabaseSync(file);
    try {
      // What is committed survives the end of this process; the end of the machine may cost the last batches with their marks.
      this.#database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536',
      );
      this.shape = this.#prepare(shape);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Takes up a full pass that never ended, whatever is asked for; else begins one of the kind asked for. */
  beginPass(collection: Collection, pass: PassKind, at: Date, every = 0): StorePass {
    return openPass({ database: this.#database, shape: this.shape, collection, pass, at, every });
  }

  /** The last pass that ended, and whether all of a collection was ever told. */
  lastFinished(collection: Collection, pass?: PassKind): FinishedPass | null {
    const row = this.#database
      .prepare(
        `SELECT pass, began_at, ended_at, counts FROM passes WHERE collection = ? AND ended_at IS NOT NULL AND pass IN (?, ?)
          ORDER BY id DESC LIMIT 1`,
      )
      .get(collection, pass ?? 'full', pass ?? 'changes');
    if (row === undefined) return null;
    return {
      // Written by StorePass.
      pass: row['pass'] as PassKind,
      beganAt: String(row['began_at']),
      endedAt: String(row['ended_at']),
      counts: JSON.parse(String(row['counts'])) as PassCounts,
    };
  }

  /** One record a code, in the order of codes. */
  procedures(): readonly ProcedureRecord[] {
    const rows = this.#database
      .prepare('SELECT record FROM procedures ORDER BY code, valid_from, seen, id')
      .all();
    // Written by ProcedureWriter.
    return mergeProcedures(rows.map((row) => JSON.parse(String(row['record'])) as ProcedureRecord));
  }

  count(table: 'dossiers' | 'procedures' | 'supplements' | 'steps'): number {
    return Number(this.#database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  }

  /** What is wrong with the rows that were told, the most frequent first. */
  problems(): readonly CountedProblem[] {
    return readProblems(this.#database);
  }

  /** By scope. */
  marks(collection: Collection): ReadonlyMap<string, string> {
    const rows = this.#database
      .prepare('SELECT scope, mark FROM scopes WHERE collection = ? AND mark IS NOT NULL')
      .all(collection);
    return new Map(rows.map((row) => [String(row['scope']), String(row['mark'])]));
  }

  /** Forgets old passes and gives the write-ahead log back to the file. */
  tidy(): void {
    this.#database
      .prepare(
        `DELETE FROM passes WHERE ended_at IS NOT NULL AND id NOT IN (
          SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY collection, pass ORDER BY id DESC) AS place FROM passes) WHERE place <= ?)`,
      )
      .run(MAX_PASSES);
    this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** The shape of the tables that are there, or of those made now. */
  #prepare(shape: StoreShape): StoreShape {
    const known = readShape(this.#database);
    if (known !== null) return known;
    this.#database.exec(`BEGIN IMMEDIATE; ${STORE_TABLES} ${dossierTables(shape)}`);
    this.#database.prepare("INSERT INTO meta VALUES ('shape', ?)").run(JSON.stringify(shape));
    this.#database.exec('COMMIT');
    return shape;
  }
}

/** null for a file that is no store yet. */
export function readShape(database: DatabaseSync): StoreShape | null {
  const isStore = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() !== undefined;
  if (!isStore) return null;
  const row = database.prepare("SELECT value FROM meta WHERE name = 'shape'").get();
  // Written by LocalStore in the transaction that made the table.
  return row === undefined ? null : (JSON.parse(String(row['value'])) as StoreShape);
}
