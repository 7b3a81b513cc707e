import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SourceProblem } from '../source-problem';
import type { Collection } from './record-reader';
import { SWEEP_IDS } from './row-writer';

/** A handful of rows may well go at once. */
const FEW_ROWS = 100;

export interface LossGuardOptions {
  readonly database: DatabaseSync;
  readonly collection: Collection;
  /** `copy.every`, in milliseconds. */
  readonly every: number;
}

export interface WeighedLoss {
  /** A list that was told to its end, or files of a folder that are gone: each is doubted for itself. */
  readonly of: 'list' | 'files';
  /** SQL over the table of the collection: the rows in question, and those among them that would stay. */
  readonly rows: string;
  readonly staying: string;
  /** When the pass that tells it began. */
  readonly beganAt: string;
}

/**
 * A source that suddenly has next to nothing (a table that is being filled anew, a view over the wrong year, an empty share) does not empty
 * the copy. The rule: where more than 100 rows are held and fewer than half of them would stay, nothing is removed and the pass ends with
 * SOURCE_BAD_ANSWER. It is believed when a pass that began at least `copy.every` after the first one that told it would again leave fewer
 * than half. A pass in between that leaves more ends the doubt. Kept in the store, so that a restart asks for no further pass.
 */
export class LossGuard {
  constructor(private readonly options: LossGuardOptions) {}

  /** @throws SourceProblem when the loss is not believed (yet). */
  async weigh(loss: WeighedLoss): Promise<void> {
    const { held, staying } = await this.#count(loss);
    if (held <= FEW_ROWS || staying * 2 >= held) return this.trust(loss.of);
    const since = this.#since(loss.of) ?? loss.beganAt;
    if (Date.parse(loss.beganAt) - Date.parse(since) >= this.options.every) return this.trust(loss.of);
    this.options.database
      .prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
      .run(this.#name(loss.of), since);
    throw this.#problem(loss.of, held, staying);
  }

  /** Nothing is lost, or it was believed: a doubt that there was is over. */
  trust(of: WeighedLoss['of']): void {
    this.options.database.prepare('DELETE FROM meta WHERE name = ?').run(this.#name(of));
  }

  #name(of: WeighedLoss['of']): string {
    return `doubted ${of} of ${this.options.collection}`;
  }

  #since(of: WeighedLoss['of']): string | null {
    const row = this.options.database.prepare('SELECT value FROM meta WHERE name = ?').get(this.#name(of));
    return row === undefined ? null : String(row['value']);
  }

  /** So many ids at a time that whoever asks the copy meanwhile gets a turn. */
  async #count({ rows, staying }: WeighedLoss): Promise<{ held: number; staying: number }> {
    const { database, collection } = this.options;
    const last = Number(database.prepare(`SELECT max(id) AS id FROM ${collection}`).get()?.['id'] ?? 0);
    const part = database.prepare(
      `SELECT count(*) AS held, coalesce(sum(${staying}), 0) AS staying FROM ${collection} WHERE id > ? AND id <= ? AND ${rows}`,
    );
    const counted = { held: 0, staying: 0 };
    for (let from = 0; from < last; from += SWEEP_IDS) {
      const found = part.get(from, from + SWEEP_IDS);
      counted.held += Number(found?.['held']);
      counted.staying += Number(found?.['staying']);
      await nextTurn();
    }
    return counted;
  }

  #problem(of: WeighedLoss['of'], held: number, staying: number): SourceProblem {
    const { collection, every } = this.options;
    const told = of === 'list' ? 'The system tells' : 'Without the files that are gone there are';
    const seconds = Math.ceil(every / 1000);
    return new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `${told} ${staying} of the ${held} ${collection} that were copied; all ${held} go on being served. If it is so, wait: a full pass that begins at least ${seconds} s later and tells the same is believed. If not, look for an emptied table, a changed view or a share without its files`,
      collection,
    );
  }
}
