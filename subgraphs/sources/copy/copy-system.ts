import { setImmediate as nextTurn } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import type { Logger } from '../../../schema/runtime/logger';
import type { ProcedureMapping } from '../dossiers/dossier-mapping';
import type { SystemMapping } from '../mapping/system-mapping';
import { SourceProblem, type SourceProblemCode } from '../source-problem';
import {
  createProcedureMatcher,
  type MatchProcedure,
  type NamedProcedure,
} from '../values/procedure-matcher';
import type { LocalStore } from './local-store';
import { compileRows, copiedCollections, type RowReader } from './record-row-reader';
import type { Collection, ReaderEvent, RecordReader } from './record-reader';
import type { PassCounts, PassKind, StorePass } from './store-pass';
import { untilAborted } from './until-aborted';

export interface CopierOptions {
  readonly mapping: SystemMapping;
  /** Closed by whoever opened it. */
  readonly reader: RecordReader;
  readonly store: LocalStore;
  /** Asked while `store` is not whole: its age is what counts. */
  readonly served?: () => LocalStore;
  readonly clock: () => Date;
  readonly logger: Logger;
  /** Waits, or ends early when told to; a test need not wait. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** For a system that names procedures and has no catalogue of its own: that of the province. */
  readonly provinceProcedures?: () => readonly NamedProcedure[];
}

/** The trouble that the last pass ended with. */
export interface CopyProblem {
  readonly code: SourceProblemCode;
  readonly message: string;
  readonly place: string;
  /** When it was met first. */
  readonly since: string;
}

export interface CopyHealth {
  /** The copy is at least as new as that: when the last finished pass began. null: nothing is whole yet. */
  readonly asOf: string | null;
  readonly problem: CopyProblem | null;
  /** Older than the mapping promises: three passes were missed, or none ever ended. */
  readonly isStale: boolean;
}

export interface FinishedCopy {
  readonly collection: Collection;
  readonly pass: PassKind;
  readonly counts: PassCounts;
  /** Rows were added, changed or removed. */
  readonly isChanged: boolean;
}

export interface Copier {
  /** One pass over every list of the system, full where that is due, or asked for. Never throws for what a source does: see `health`. */
  copyOnce(options: {
    readonly signal: AbortSignal;
    readonly pass?: PassKind;
  }): Promise<readonly FinishedCopy[]>;
  /** Passes at the times of the mapping, one at a time, until told to stop. */
  run(signal: AbortSignal): Promise<void>;
  /** Of one list, or of the system: the oldest of its lists, and the first problem. */
  health(collection?: Collection): CopyHealth;
  /** Told after every pass that reached its end. Gives back how to stop listening. */
  onFinished(listener: (copy: FinishedCopy) => void): () => void;
}

/** The first pause after a failure; each next one is twice as long, and none longer than `copy.every`. */
const FIRST_PAUSE_MS = 1_000;
const MISSED_PASSES = 3;

export function createCopier(options: CopierOptions): Copier {
  return new SystemCopier(options);
}

class SystemCopier implements Copier {
  readonly #collections: readonly Collection[];
  readonly #problems = new Map<Collection, CopyProblem>();
  readonly #listeners = new Set<(copy: FinishedCopy) => void>();
  #failures = 0;
  /** Whoever asks for a pass while one runs waits for it. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Made of the catalogue as it was; made anew when that has changed. */
  #matcher: MatchProcedure | null = null;
  /** The catalogue has changed, so names of procedures may mean others than they did: all dossiers are read again. */
  #isRematchDue = false;

  constructor(private readonly options: CopierOptions) {
    this.#collections = copiedCollections(options.mapping);
  }

  copyOnce(options: {
    readonly signal: AbortSignal;
    readonly pass?: PassKind;
  }): Promise<readonly FinishedCopy[]> {
    const copied = this.#turn.then(() => this.#copyAll(options));
    this.#turn = copied.catch(() => undefined);
    return copied;
  }

  async #copyAll({
    signal,
    pass,
  }: {
    signal: AbortSignal;
    pass?: PassKind;
  }): Promise<readonly FinishedCopy[]> {
    const finished: FinishedCopy[] = [];
    for (const collection of this.#collections) {
      if (signal.aborted) break;
      const copy = await this.#tryPass(collection, pass ?? this.#due(collection), signal);
      if (copy !== null) finished.push(copy);
    }
    this.#failures = this.#problems.size === 0 ? 0 : this.#failures + 1;
    return finished;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, mapping, sleep = sleepUntilAborted } = this.options;
    while (!signal.aborted) {
      const startedMs = clock().getTime();
      await this.copyOnce({ signal });
      const restMs = Math.max(0, startedMs + mapping.copy.every - clock().getTime());
      const pauseMs = Math.min(mapping.copy.every, FIRST_PAUSE_MS * 2 ** (this.#failures - 1));
      await sleep(this.#failures === 0 ? restMs : pauseMs, signal);
    }
  }

  health(collection?: Collection): CopyHealth {
    const wanted = collection === undefined ? this.#collections : [collection];
    const store = this.options.served?.() ?? this.options.store;
    const began = wanted.map((name) => store.lastFinished(name)?.beganAt ?? null);
    const asOf = began.includes(null) ? null : (began.toSorted()[0] ?? null);
    const ageMs = asOf === null ? Infinity : this.options.clock().getTime() - Date.parse(asOf);
    return {
      asOf,
      problem:
        wanted.map((name) => this.#problems.get(name)).find((problem) => problem !== undefined) ?? null,
      isStale: wanted.length > 0 && ageMs > MISSED_PASSES * this.options.mapping.copy.every,
    };
  }

  onFinished(listener: (copy: FinishedCopy) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #due(collection: Collection): PassKind {
    const { store, clock, mapping } = this.options;
    const last = store.lastFinished(collection, 'full');
    if (last === null || (collection === 'dossiers' && this.#isRematchDue)) return 'full';
    return clock().getTime() - Date.parse(last.beganAt) >= mapping.copy.fullEvery ? 'full' : 'changes';
  }

  async #tryPass(collection: Collection, pass: PassKind, signal: AbortSignal): Promise<FinishedCopy | null> {
    try {
      const copy = await this.#pass(collection, pass, signal);
      if (copy === null) return null;
      this.#tell(copy);
      return copy;
    } catch (error) {
      if (!signal.aborted) this.#note(collection, error);
      return null;
    }
  }

  /** null when it was told to stop: what is committed stays, and the next pass goes on from there. */
  async #pass(collection: Collection, kind: PassKind, signal: AbortSignal): Promise<FinishedCopy | null> {
    const { store, reader, mapping, clock } = this.options;
    const read = compileRows(mapping, collection, this.#matcherFor(collection));
    const pass = store.beginPass(collection, kind, clock(), mapping.copy.every);
    const { marks, kept } = pass;
    const events = reader.read({ collection, pass: pass.pass, marks, kept, signal });
    const problems: SourceProblem[] = [];
    const gone: string[] = [];
    for await (const event of untilAborted(events, signal)) {
      if (event.kind === 'problem') problems.push(event.problem);
      else if (event.kind === 'gone') gone.push(event.scope);
      else await take(pass, event, read);
    }
    if (signal.aborted) return null;
    // Together, and last: only so is it seen that all files are gone, and that one was renamed.
    await pass.gone(gone);
    await pass.end(clock());
    store.tidy();
    this.#noteAll(collection, problems);
    const { added, changed, removed, duplicate } = pass.counts;
    return {
      collection,
      pass: pass.pass,
      counts: pass.counts,
      isChanged: added + changed + removed + duplicate > 0,
    };
  }

  #tell(copy: FinishedCopy): void {
    if (copy.collection === 'procedures' && copy.isChanged) {
      this.#matcher = null;
      this.#isRematchDue = this.options.mapping.dossiers?.procedure?.byName != null;
    }
    if (copy.collection === 'dossiers' && copy.pass === 'full') this.#isRematchDue = false;
    this.options.logger.info('Copied', {
      system: this.options.mapping.system,
      collection: copy.collection,
      pass: copy.pass,
      ...copy.counts,
    });
    for (const listener of this.#listeners) listener(copy);
  }

  /** What was wrong with parts of a source whose other parts were told to their end. */
  #noteAll(collection: Collection, problems: readonly SourceProblem[]): void {
    const [first] = problems;
    if (first === undefined) return void this.#problems.delete(collection);
    const message = problems.map((problem) => problem.message).join('; ');
    this.#note(collection, new SourceProblem(first.code, message, first.place, first));
  }

  #note(collection: Collection, error: unknown): void {
    const { clock, logger, mapping } = this.options;
    const problem = isSourceProblem(error) ? error : broken(collection, error);
    const before = this.#problems.get(collection);
    const since = before?.code === problem.code ? before.since : clock().toISOString();
    this.#problems.set(collection, {
      code: problem.code,
      message: problem.message,
      place: problem.place,
      since,
    });
    const log = { system: mapping.system, collection, code: problem.code, place: problem.place };
    // A bug of ours shows with its stack; what a source does is one sentence.
    if (problem === error) logger.warn(problem.message, log);
    else logger.error(problem.message, { ...log, error });
  }

  #matcherFor(collection: Collection): MatchProcedure | undefined {
    const procedure = this.options.mapping.dossiers?.procedure;
    if (collection !== 'dossiers' || procedure?.byName == null) return undefined;
    return (this.#matcher ??= this.#createMatcher(procedure.byName));
  }

  #createMatcher({ minScore, decided }: NonNullable<ProcedureMapping['byName']>): MatchProcedure {
    const { mapping, store, provinceProcedures } = this.options;
    const catalogue = mapping.procedures === undefined ? (provinceProcedures?.() ?? []) : store.procedures();
    return createProcedureMatcher(catalogue, { minScore, decided });
  }
}

async function take(
  pass: StorePass,
  event: Exclude<ReaderEvent, { kind: 'problem' | 'gone' }>,
  read: RowReader,
): Promise<void> {
  switch (event.kind) {
    case 'rows': {
      const { scope, records, problems, mark } = event;
      pass.write({ scope, rows: records.map(read), problems, mark });
      // A source in this machine may always have the next rows at hand: whoever else waits gets a turn.
      return nextTurn();
    }
    case 'complete':
      return pass.complete(event.scope, event.mark);
  }
}

function isSourceProblem(error: unknown): error is SourceProblem {
  return error instanceof SourceProblem;
}

function broken(collection: Collection, error: unknown): SourceProblem {
  const reason = isNativeError(error) ? error.message : String(error);
  return new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `The ${collection} could not be copied: ${reason}`,
    collection,
    error,
  );
}

function sleepUntilAborted(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
