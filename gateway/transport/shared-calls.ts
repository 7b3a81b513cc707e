import { DEADLINE_HEADER } from '../../schema/wire-headers';
import type { CallFailure } from './call-failure';
import type { Exchange, Receiver } from './exchange';
import type { Send } from './send';
import type { SubgraphCall } from './subgraph-call';
import type { Abandonable, Waiter } from './waiter';

/** Of the first of those who share a call: they say nothing about the answer. */
const NOT_IN_THE_KEY: ReadonlySet<string> = new Set([DEADLINE_HEADER, 'x-request-id']);
/** See `joinableUntil`. */
const LATE_PART = 0.1;
/** Longer texts, in UTF-16 units, are parsed for one waiter a turn, so that many waiters do not hold up everybody else. */
const MAX_TEXT_AT_ONCE = 256 * 1024;

/**
 * Identical reads in flight are one call: same address, body, headers (but the deadline and the request's id) and viewer
 * class. Nobody who joins is worse off than alone: each keeps its own deadline and cancellation, and parses an answer of its
 * own. A mutation ends the joining of every call begun before its end, to whatever system, so that nobody who saw it done
 * reads what was true before.
 */
export class SharedCalls {
  readonly #send: Send;
  #joinable = new Map<string, SharedCall>();

  constructor(send: Send) {
    this.#send = send;
  }

  start(request: SubgraphCall, waiter: Waiter): Abandonable {
    if (request.isMutation) return this.#mutate(request, waiter);
    if (request.viewerClass === null) return this.#send(request, waiter);
    const key = keyOf(request, request.viewerClass);
    const known = this.#joinable.get(key);
    if (known !== undefined && waiter.deadlineAt <= known.joinableUntil) {
      known.join(waiter);
      return known;
    }
    const call = new SharedCall(this, key, waiter, joinableUntil(request, waiter));
    this.#joinable.set(key, call);
    call.exchange = this.#send(request, call);
    return call;
  }

  /** A call may be joined until it is over; then, or when a longer one took its place, this changes nothing. */
  forget(key: string, call: SharedCall): void {
    if (this.#joinable.get(key) === call) this.#joinable.delete(key);
  }

  #mutate(request: SubgraphCall, waiter: Waiter): Abandonable {
    const endJoining = (): void => {
      if (this.#joinable.size > 0) this.#joinable = new Map();
    };
    endJoining();
    const mutation = new Mutation(waiter, endJoining);
    mutation.exchange = this.#send(request, mutation);
    return mutation;
  }
}

/**
 * The last deadline with which one may join: the one that the system was told and a tenth of its time. With more time left
 * than that the system may give up early for somebody who would have had it wait alone, so that one makes a call of its own,
 * and those after it join that one: a system that hangs gets ten calls of a kind, not one of each client.
 */
function joinableUntil({ timeoutMs }: SubgraphCall, waiter: Waiter): number {
  return waiter.deadlineAt + timeoutMs * LATE_PART;
}

/** Lengths stand before what may hold anything, so that no two different calls have one key. */
function keyOf({ url, headers, body }: SubgraphCall, viewerClass: string): string {
  let key = `${viewerClass.length}:${viewerClass}${url.length}:${url}`;
  for (const name of Object.keys(headers)) {
    // One of its own keys; neither may hold a line break.
    if (!NOT_IN_THE_KEY.has(name)) key += `\n${name}:${headers[name] as string}`;
  }
  return `${key}\n\n${body}`;
}

class SharedCall implements Receiver, Abandonable {
  readonly #calls: SharedCalls;
  readonly #key: string;
  readonly #waiters: Waiter[];
  exchange: Exchange | null = null;

  constructor(
    calls: SharedCalls,
    key: string,
    first: Waiter,
    readonly joinableUntil: number,
  ) {
    this.#calls = calls;
    this.#key = key;
    this.#waiters = [first];
  }

  join(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  abandon(waiter: Waiter): void {
    const place = this.#waiters.indexOf(waiter);
    if (place >= 0) this.#waiters.splice(place, 1);
    if (this.#waiters.length > 0) return;
    this.#calls.forget(this.#key, this);
    this.exchange?.abandon();
  }

  received(text: string, statusCode: number): void {
    // First of all: who is told may ask again at once, and must not join what is over.
    this.#calls.forget(this.#key, this);
    this.#tell(text, statusCode);
  }

  failed(failure: CallFailure): void {
    this.#calls.forget(this.#key, this);
    for (const waiter of this.#waiters) waiter.failed(failure);
  }

  #tell(text: string, statusCode: number): void {
    do this.#waiters.shift()?.received(text, statusCode);
    while (this.#waiters.length > 0 && text.length <= MAX_TEXT_AT_ONCE);
    if (this.#waiters.length > 0) setImmediate(() => this.#tell(text, statusCode));
  }
}

/** Is not shared, and whatever its end, also that nobody waits for it any more, it ends the joining of reads. */
class Mutation implements Receiver, Abandonable {
  exchange: Exchange | null = null;

  constructor(
    readonly waiter: Waiter,
    readonly endJoining: () => void,
  ) {}

  received(text: string, statusCode: number): void {
    this.endJoining();
    this.waiter.received(text, statusCode);
  }

  failed(failure: CallFailure): void {
    this.endJoining();
    this.waiter.failed(failure);
  }

  abandon(): void {
    this.endJoining();
    this.exchange?.abandon();
  }
}
