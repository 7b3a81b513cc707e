import { setImmediate, setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import type { PerformanceQuery, PerformanceRow } from '../dossiers/dossier-query';
import type { ExecuteStatement } from '../sql/execute-statement';
import { endOfDay, startOfDay } from '../sql/local-clock';
import type { SqlContext } from '../sql/sql-table';
import { countFigures, type CountedFigures } from './count-figures';
import { bytesOf, createFigureDay, dayOfSeconds, type FigureDay, secondsOfDay } from './figure-day';
import { readFigureKeys } from './figure-keys';
import { FigureTable } from './figure-table';
import { createFigureValues, type FigureValues, UnfitFiguresError } from './value-list';
import { WorkingDays } from './working-days';

/** The system as it is served now. */
export interface FigureSystem {
  readonly mapping: DossierMapping;
  readonly context: SqlContext;
  readonly execute: ExecuteStatement;
}

export interface KeptFiguresOptions {
  /** @throws SourceProblem while the system cannot be reached. */
  readonly served: () => Promise<FigureSystem>;
  readonly everyMs: number;
  readonly fullEveryMs: number;
  readonly clock: () => Date;
}

export interface FiguresHealth {
  /** What the figures show; null before they are built. */
  readonly asOf: string | null;
  readonly rows: number;
  readonly bytes: number;
  /** Why they could not be read when last tried. */
  readonly problem: string | null;
}

/** One consistent whole: days are replaced in a new one, never in place. */
interface FiguresState extends CountedFigures {
  readonly system: FigureSystem;
  readonly asOfMs: number;
  readonly fullAsOfMs: number;
  /** When a row was last changed, as far as it was read; null where the table does not tell. */
  readonly markMs: number | null;
  readonly values: FigureValues;
  readonly latestMs: number;
}

/** Changes are looked for from so long before the last one: they become visible later than they say. */
const OVERLAP_MS = 120_000;
/** Figures that many times older than they should be are not answered from. */
const MOST_AGES = 3;

/**
 * The dossiers of a system as figures need them, in memory: nothing that tells one dossier from another. Read once in whole, then the
 * days of receipt of which a dossier changed; what was deleted, or received on another day than before, is seen when all is read anew.
 */
export class KeptFigures implements AsyncDisposable {
  #state: FiguresState | null = null;
  #problem: string | null = null;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  /** One reading at a time. */
  #reading: Promise<void> = Promise.resolve();

  constructor(private readonly options: KeptFiguresOptions) {}

  /** Builds the figures and keeps them up to date until disposed of. */
  start(): void {
    this.#running = this.#run();
  }

  /** Reads everything anew. @throws SourceProblem, UnfitFiguresError */
  readAll(): Promise<void> {
    return this.#inTurn(() => this.#readAll());
  }

  /** Reads the days of what changed; everything where that is not told, or where the system is served otherwise than before. */
  bringUpToDate(): Promise<void> {
    return this.#inTurn(async () => {
      if (!(await this.#readChanges())) await this.#readAll();
    });
  }

  /** null: the database must be asked, because the figures are not built, too old, or cannot tell. */
  async answer(query: PerformanceQuery): Promise<readonly PerformanceRow[] | null> {
    const state = this.#state;
    if (state === null || this.#isTooOld(state) || !canTell(state, query)) return null;
    return countFigures(state, query, setImmediate);
  }

  health(): FiguresHealth {
    const days = this.#state?.days ?? [];
    return {
      asOf: this.#state === null ? null : new Date(this.#state.asOfMs).toISOString(),
      rows: days.reduce((sum, { rows }) => sum + rows, 0),
      bytes: days.reduce((sum, day) => sum + bytesOf(day), 0),
      problem: this.#problem,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#reading.catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { everyMs, fullEveryMs } = this.options;
    while (!signal.aborted) {
      const error = await this.#readWhatIsDue();
      const waitMs = error instanceof UnfitFiguresError ? fullEveryMs : everyMs;
      await setTimeout(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** What is wrong is in health() as well; the database is asked meanwhile. */
  async #readWhatIsDue(): Promise<unknown> {
    try {
      await (this.#isFullDue() ? this.readAll() : this.bringUpToDate());
      return null;
    } catch (error) {
      return error;
    }
  }

  #isFullDue(): boolean {
    const since = this.#state?.fullAsOfMs ?? -Infinity;
    return this.#nowMs() - since >= this.options.fullEveryMs;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#reading.catch(() => undefined).then(work);
    this.#reading = result;
    return result.then(
      () => {
        this.#problem = null;
      },
      (error: unknown) => {
        if (!this.#stopping.signal.aborted) {
          this.#problem = error instanceof Error ? error.message : String(error);
        }
        if (error instanceof UnfitFiguresError) this.#state = null;
        throw error;
      },
    );
  }

  /** Until it is whole, questions see the figures as they were, brought up to date on the way. */
  async #readAll(): Promise<void> {
    const asOfMs = this.#nowMs();
    const system = await this.options.served();
    const table = new FigureTable(system);
    const markMs = await table.lastChange(asOfMs);
    const values = createFigureValues();
    const days = new Map<number, FigureDay>();
    let updatedMs = asOfMs;
    let length = 1;
    let next = await table.nextReceived(null);
    while (next !== null) {
      const from = dayOfSeconds(next / 1000);
      const rows = await this.#readDays(table, from, from + length, values, days);
      // A stretch without any dossier is passed over.
      next = rows === 0 ? await table.nextReceived(msOfDay(from + length)) : msOfDay(from + length);
      length = nextLength(length, rows, system.context.dialect.name === 'sqlite' ? 4_000 : 10_000);
      if (this.#state?.markMs != null && this.#nowMs() - updatedMs >= this.options.everyMs) {
        updatedMs = this.#nowMs();
        await this.#readChanges();
      }
    }
    await this.#take({ system, table, values, days, asOfMs, fullAsOfMs: asOfMs, markMs });
    // What changed while it was read.
    if (markMs !== null) await this.#readChanges();
  }

  /** false: they are not told. */
  async #readChanges(): Promise<boolean> {
    const state = this.#state;
    const asOfMs = this.#nowMs();
    const system = await this.options.served();
    if (state === null || state.markMs === null || isServedOtherwise(state.system, system)) return false;
    const table = new FigureTable(system);
    const markMs = Math.max(state.markMs, (await table.lastChange(asOfMs)) ?? state.markMs);
    const changed = await table.daysChangedSince(state.markMs - OVERLAP_MS);
    const days = new Map(state.days.map((day) => [day.day, day]));
    for (const [first, last] of stretchesOf(changed)) {
      for (let day = first; day <= last; day += 1) days.delete(day);
      await this.#readDays(table, first, last + 1, state.values, days);
    }
    await this.#take({ ...state, system, table, days, asOfMs, markMs });
    return true;
  }

  async #readDays(
    table: FigureTable,
    from: number,
    to: number,
    values: FigureValues,
    days: Map<number, FigureDay>,
  ): Promise<number> {
    this.#stopping.signal.throwIfAborted();
    const read = await table.rows(msOfDay(from), msOfDay(to), values, setImmediate);
    let count = 0;
    for (const [day, rows] of read) {
      days.set(day, createFigureDay(day, rows));
      count += rows.length;
      await setImmediate();
    }
    return count;
  }

  async #take(read: ReadFigures): Promise<void> {
    const { system, table, values, days } = read;
    const { mapping, context } = system;
    const keys = await readFigureKeys(table, mapping, context, values);
    this.#state = {
      ...read,
      days: [...days.values()].toSorted((a, b) => a.day - b.day),
      keys,
      keeps: {
        channel: mapping.channel !== null,
        procedure: mapping.procedure !== null,
        field: mapping.field !== null,
        supplements: mapping.supplements !== null,
      },
      workingDays: new WorkingDays(context.shifts),
      latestMs: latestOf(mapping),
    };
  }

  #isTooOld({ asOfMs }: FiguresState): boolean {
    return this.#nowMs() - asOfMs > MOST_AGES * this.options.everyMs;
  }

  #nowMs(): number {
    return this.options.clock().getTime();
  }
}

interface ReadFigures extends Pick<FiguresState, 'system' | 'values' | 'asOfMs' | 'fullAsOfMs' | 'markMs'> {
  readonly table: FigureTable;
  readonly days: ReadonlyMap<number, FigureDay>;
}

/** A period that begins after its end, or ends where dates are none any more, databases see each in their own way. */
function canTell({ latestMs }: FiguresState, { from, to, now }: PerformanceQuery): boolean {
  const nowMs = Date.parse(now);
  const atMs = to === null ? nowMs : Math.min(nowMs, endOfDay(to) - 1);
  return atMs < latestMs && (from === null || startOfDay(from) <= atMs);
}

function latestOf({ dates, supplements }: DossierMapping): number {
  const { received, due, finished, returned, refused } = dates;
  const all = [
    received,
    due,
    finished,
    returned,
    refused,
    supplements?.requestedAt,
    supplements?.completedAt,
  ];
  return Math.min(...all.map((date) => (date == null ? Infinity : endOfDay(date.latest))));
}

/** Other columns, or other spellings of what the mapping names. Names of procedures are looked up anew each time. */
function isServedOtherwise(before: FigureSystem, now: FigureSystem): boolean {
  return before.mapping !== now.mapping && !isDeepStrictEqual(before.mapping, now.mapping);
}

function msOfDay(day: number): number {
  return secondsOfDay(day) * 1000;
}

/** So many days that the next reading has about as many rows as wanted. */
function nextLength(length: number, rows: number, wanted: number): number {
  const fitting = rows === 0 ? length * 2 : Math.floor((length * wanted) / rows);
  return Math.max(1, Math.min(fitting, length * 2, 366));
}

/** Days one after the other are read together. */
function stretchesOf(days: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const stretches: [number, number][] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && day === last[1] + 1 && day - last[0] < 8) last[1] = day;
    else stretches.push([day, day]);
  }
  return stretches;
}
