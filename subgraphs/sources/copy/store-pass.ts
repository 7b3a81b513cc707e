import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DossierWriter } from './dossier-writer';
import { LossGuard } from './loss-guard';
import { ProblemLedger } from './problem-ledger';
import { ProcedureWriter } from './procedure-writer';
import type { Collection } from './record-reader';
import type { ReadDossier } from '../values/read-dossier';
import type { ReadProcedure } from '../values/read-procedure';
import type { RowProblem } from '../source-problem';
import type { RowWriter, Telling, WriteOutcome } from './row-writer';
import { dossierIndexes, type StoreShape } from './store-schema';

export type PassKind = 'full' | 'changes';

/** What came of the rows of a pass. */
export type PassCounts = Readonly<Record<WriteOutcome | 'told', number>>;

export interface StorePass {
  readonly pass: PassKind;
  readonly beganAt: string;
  /** What the reader is to know: nothing when it starts from the beginning. */
  readonly marks: ReadonlyMap<string, string>;
  /** Every scope of which something was kept when the pass began or was taken up, with its last mark. */
  readonly kept: ReadonlyMap<string, string | null>;
  readonly counts: PassCounts;
  /** One transaction: rows, their problems and the mark. */
  write(batch: Batch): void;
  /**
   * Removes the rows of the scope that were not told since its telling began. Others get a turn in between; killed, it is done again.
   * Throws a SourceProblem when a list has lost so much that it is not believed (see LossGuard): then the next pass begins anew.
   */
  complete(scope: string, mark: string | null): Promise<void>;
  /** Removes the scopes with all of their rows. Throws a SourceProblem, as `complete` does, when these are most of the rows. */
  gone(scopes: readonly string[]): Promise<void>;
  /** The reader has told everything. After the first full pass the indexes are made, each in one go. */
  end(at: Date): Promise<void>;
}

export interface Batch {
  readonly scope: string;
  /** Rows as they were read, of the collection of the pass. */
  readonly rows: readonly (ReadDossier | ReadProcedure)[];
  readonly problems: readonly RowProblem[];
  readonly mark: string | null;
}

export interface OpenPassOptions {
  readonly database: DatabaseSync;
  readonly shape: StoreShape;
  readonly collection: Collection;
  readonly pass: PassKind;
  readonly at: Date;
  /** `copy.every`, in milliseconds: how long a great loss is doubted. */
  readonly every: number;
}

interface PassRow {
  readonly id: number;
  readonly pass: PassKind;
  readonly beganAt: string;
}

export function openPass(options: OpenPassOptions): StorePass {
  const { database, collection } = options;
  const row = findUnfinished(database, collection) ?? inTransaction(database, () => begin(options));
  return new OpenPass(options, row);
}

/** Only a full pass is worth taking up: one over changes begins at the marks that it left, whichever it is. */
function findUnfinished(database: DatabaseSync, collection: Collection): PassRow | null {
  const row = database
    .prepare(
      "SELECT id, pass, began_at FROM passes WHERE collection = ? AND pass = 'full' AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
    )
    .get(collection);
  if (row === undefined) return null;
  return { id: Number(row['id']), pass: 'full', beganAt: String(row['began_at']) };
}

function begin({ database, collection, pass, at }: OpenPassOptions): PassRow {
  const beganAt = at.toISOString();
  database.prepare('DELETE FROM passes WHERE collection = ? AND ended_at IS NULL').run(collection);
  const { lastInsertRowid } = database
    .prepare('INSERT INTO passes (collection, pass, began_at, ended_at, counts) VALUES (?, ?, ?, NULL, ?)')
    .run(collection, pass, beganAt, '{}');
  if (pass === 'full') closeScopes(database, collection);
  return { id: Number(lastInsertRowid), pass, beganAt };
}

function closeScopes(database: DatabaseSync, collection: Collection): void {
  database.prepare('UPDATE scopes SET is_open = 0 WHERE collection = ?').run(collection);
}

function abandon({ database, collection }: OpenPassOptions, { id }: PassRow): void {
  database.prepare('DELETE FROM passes WHERE id = ?').run(id);
  closeScopes(database, collection);
}

class OpenPass implements StorePass {
  readonly pass: PassKind;
  readonly beganAt: string;
  readonly marks: ReadonlyMap<string, string>;
  readonly kept: ReadonlyMap<string, string | null>;
  readonly #counts: Record<WriteOutcome | 'told', number> = {
    told: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    refused: 0,
    duplicate: 0,
  };
  /** Scopes of which something was told since this process took the pass up. */
  readonly #tellings = new Map<string, Telling>();
  readonly #writer: RowWriter<ReadDossier> | RowWriter<ReadProcedure>;
  readonly #ledger: ProblemLedger;
  readonly #losses: LossGuard;

  constructor(
    private readonly options: OpenPassOptions,
    private readonly row: PassRow,
  ) {
    const { database, shape, collection } = options;
    this.pass = row.pass;
    this.beganAt = row.beganAt;
    this.marks = this.#readMarks();
    this.kept = this.#readKept();
    this.#writer =
      collection === 'procedures'
        ? new ProcedureWriter(database)
        : new DossierWriter(database, { shape, isFirstLoad: !this.#isIndexed() });
    this.#ledger = new ProblemLedger(database, collection);
    this.#losses = new LossGuard(options);
  }

  get counts(): PassCounts {
    return this.#counts;
  }

  write({ scope, rows, problems, mark }: Batch): void {
    this.#inTransaction(() => {
      const telling = this.#tell(scope);
      // The rows are of the collection of this pass, and so is the writer.
      const writer = this.#writer as RowWriter<ReadDossier | ReadProcedure>;
      const found: RowProblem[] = [...problems];
      for (const row of rows) {
        const outcome = writer.write(row, telling);
        this.#counts.told++;
        this.#counts[outcome]++;
        found.push(...row.problems);
        if (outcome === 'duplicate') found.push(duplicateOf(row));
      }
      if (found.length > 0) this.#ledger.add(found, telling);
      if (mark === null) this.#setOpen(telling, false);
      else this.#setMark(telling, mark, true);
    });
  }

  async complete(scope: string, mark: string | null): Promise<void> {
    const telling = this.#inTransaction(() => this.#tell(scope));
    // A file may well lose most of its rows; a list does not.
    if (scope === '') await this.#weigh('list', `scope = ${telling.scope}`, `seen = ${telling.generation}`);
    await this.#sweep(telling, false, () => {
      this.#ledger.keepOnly(telling);
      this.#setMark(telling, mark, false);
    });
    this.#tellings.delete(scope);
  }

  async gone(scopes: readonly string[]): Promise<void> {
    const ids = scopes.map((scope) => this.#inTransaction(() => this.#tell(scope)).scope);
    if (ids.length === 0) this.#losses.trust('files');
    else await this.#weigh('files', 'TRUE', `scope NOT IN (${ids.join(', ')})`);
    for (const scope of scopes) await this.#remove(scope);
  }

  async #remove(scope: string): Promise<void> {
    const telling = this.#inTransaction(() => this.#tell(scope));
    await this.#sweep(telling, true, () => {
      this.#ledger.keepOnly({ ...telling, generation: -1 });
      this.options.database.prepare('DELETE FROM scopes WHERE id = ?').run(telling.scope);
    });
    this.#tellings.delete(scope);
  }

  async end(at: Date): Promise<void> {
    const { database, collection, shape } = this.options;
    if (collection === 'dossiers' && this.pass === 'full' && !this.#isIndexed()) {
      for (const statement of dossierIndexes(shape)) {
        database.exec(statement);
        await nextTurn();
      }
      database.exec("INSERT OR REPLACE INTO meta VALUES ('indexed', '1')");
    }
    this.#inTransaction(() => {
      closeScopes(database, collection);
      database
        .prepare('UPDATE passes SET ended_at = ?, counts = ? WHERE id = ?')
        .run(at.toISOString(), JSON.stringify(this.#counts), this.row.id);
    });
  }

  async #weigh(of: 'list' | 'files', rows: string, staying: string): Promise<void> {
    try {
      await this.#losses.weigh({ of, rows, staying, beganAt: this.beganAt });
    } catch (error) {
      // Taken up in its middle it would tell nothing new.
      this.#inTransaction(() => abandon(this.options, this.row));
      throw error;
    }
  }

  #isIndexed(): boolean {
    return this.options.database.prepare("SELECT 1 FROM meta WHERE name = 'indexed'").get() !== undefined;
  }

  /** For changes all marks; for all rows only how far a killed pass came. */
  #readMarks(): ReadonlyMap<string, string> {
    const rows = this.options.database
      .prepare('SELECT scope, mark FROM scopes WHERE collection = ? AND mark IS NOT NULL AND is_open >= ?')
      .all(this.options.collection, this.pass === 'full' ? 1 : 0);
    return new Map(rows.map((row) => [String(row['scope']), String(row['mark'])]));
  }

  #readKept(): ReadonlyMap<string, string | null> {
    const rows = this.options.database
      .prepare('SELECT scope, mark FROM scopes WHERE collection = ?')
      .all(this.options.collection);
    return new Map(rows.map(({ scope, mark }) => [String(scope), mark === null ? null : String(mark)]));
  }

  /** The telling of a scope goes on where a killed one can be taken up, and begins anew everywhere else. */
  #tell(scope: string): Telling {
    const known = this.#tellings.get(scope);
    if (known !== undefined) return known;
    const { database, collection } = this.options;
    database
      .prepare(
        'INSERT INTO scopes (collection, scope, generation, mark, is_open) VALUES (?, ?, 0, NULL, 0) ON CONFLICT DO NOTHING',
      )
      .run(collection, scope);
    const row = database
      .prepare(
        'UPDATE scopes SET generation = generation + 1 - is_open WHERE collection = ? AND scope = ? RETURNING id, generation',
      )
      .get(collection, scope);
    const telling = { scope: Number(row?.['id']), generation: Number(row?.['generation']) };
    this.#tellings.set(scope, telling);
    return telling;
  }

  #setMark({ scope }: Telling, mark: string | null, isOpen: boolean): void {
    this.options.database
      .prepare('UPDATE scopes SET mark = ?, is_open = ? WHERE id = ?')
      .run(mark, isOpen ? 1 : 0, scope);
  }

  #setOpen({ scope }: Telling, isOpen: boolean): void {
    this.options.database.prepare('UPDATE scopes SET is_open = ? WHERE id = ?').run(isOpen ? 1 : 0, scope);
  }

  async #sweep(telling: Telling, isGone: boolean, finish: () => void): Promise<void> {
    let from: number | null = 0;
    while (from !== null) {
      const start: number = from;
      from = this.#inTransaction(() => {
        const { removed, next } = this.#writer.sweep(telling, start, isGone);
        this.#counts.removed += removed;
        if (next === null) finish();
        return next;
      });
      await nextTurn();
    }
  }

  #inTransaction<Result>(work: () => Result): Result {
    try {
      return inTransaction(this.options.database, work);
    } catch (error) {
      // What was begun in it is not there any more.
      this.#tellings.clear();
      throw error;
    }
  }
}

function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function duplicateOf(read: ReadDossier | ReadProcedure): RowProblem {
  const code = 'record' in read ? read.record?.code : read.row?.code;
  return { code: 'ROW_DUPLICATE', place: read.place, column: null, value: code ?? null };
}
