import type { HeavyWork } from '../../schema/runtime/heavy-work';
import { CallFailure } from './call-failure';
import type { Receiver } from './exchange';
import { readAnswer } from './read-answer';
import type { SubgraphAnswer } from './subgraph-answer';
import type { SubgraphCall } from './subgraph-call';
import { SubgraphCallError } from './subgraph-call-error';

/** Longer texts, in UTF-16 units, are parsed when it is their turn: half a millisecond and more each. */
const MAX_TEXT_AT_ONCE = 128 * 1024;

/** What somebody waits for and may stop waiting for. */
export interface Abandonable {
  abandon(waiter: Waiter): void;
}

/** One caller who waits for an answer, until its own deadline or cancellation and no longer. */
export class Waiter implements Receiver {
  readonly #request: SubgraphCall;
  readonly #heavyWork: HeavyWork;
  readonly #resolve: (answer: SubgraphAnswer) => void;
  readonly #reject: (error: SubgraphCallError) => void;
  readonly #startedAt = performance.now();
  #work: Abandonable | null = null;
  #isSettled = false;
  #timer: NodeJS.Timeout | null = null;
  #stopListening: (() => void) | null = null;

  constructor(
    request: SubgraphCall,
    heavyWork: HeavyWork,
    resolve: (answer: SubgraphAnswer) => void,
    reject: (error: SubgraphCallError) => void,
  ) {
    this.#request = request;
    this.#heavyWork = heavyWork;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** On the clock of `performance.now`, in milliseconds. */
  get deadlineAt(): number {
    return this.#startedAt + this.#request.timeoutMs;
  }

  /** Begins the work unless there is no time for it, or nobody wants it any more. */
  start(begin: (request: SubgraphCall, waiter: Waiter) => Abandonable): void {
    const { timeoutMs, cancellation } = this.#request;
    if (cancellation?.isCancelled === true) return this.#giveUp();
    if (!(timeoutMs > 0)) return this.timeOut();
    this.#timer = setTimeout(timeOut, timeoutMs, this);
    this.#stopListening = cancellation?.onCancel(() => this.#giveUp()) ?? null;
    this.#work = begin(this.#request, this);
  }

  received(text: string, statusCode: number): void {
    if (text.length <= MAX_TEXT_AT_ONCE) this.#read(text, statusCode);
    else void this.#heavyWork.do(() => this.#read(text, statusCode));
  }

  #read(text: string, statusCode: number): void {
    if (this.#isSettled) return;
    const answer = readAnswer(text, statusCode);
    if (answer instanceof CallFailure) return this.failed(answer);
    this.#settle();
    this.#resolve(answer);
  }

  failed({ kind, message, cause }: CallFailure): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#reject(new SubgraphCallError(kind, message, this.#tookMs(), cause));
  }

  timeOut(): void {
    const budgetMs = Math.max(0, Math.round(this.#request.timeoutMs));
    this.#leave(`The system did not answer within ${budgetMs} ms`);
  }

  #giveUp(): void {
    this.#leave('The call was given up');
  }

  #leave(message: string): void {
    this.failed(new CallFailure('TIMEOUT', message));
    this.#work?.abandon(this);
  }

  #settle(): void {
    this.#isSettled = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stopListening?.();
  }

  #tookMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }
}

function timeOut(waiter: Waiter): void {
  waiter.timeOut();
}
