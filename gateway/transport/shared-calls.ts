import type { CallFailure } from './call-failure';
import { CallTable, type FiledCall, slotOf } from './call-table';
import type { Exchange, Receiver } from './exchange';
import type { Send } from './send';
import type { SubgraphCall } from './subgraph-call';
import type { Abandonable, Waiter } from './waiter';

/** See `joinableUntil`; a part of the time that the system was given. */
const LATE_PART = 0.1;

/**
 * Identical reads in flight are one call: same address, body, headers (but the deadline and the request's id) and viewer
 * class. Nobody who joins is worse off than alone: each keeps its own deadline and cancellation, and parses an answer of its
 * own. A mutation ends the joining of every call begun before its end, to whatever system, so that nobody who saw it done
 * reads what was true before.
 */
export class SharedCalls {
  readonly #send: Send;
  readonly #joinable = new CallTable<SharedCall>();

  constructor(send: Send) {
    this.#send = send;
  }

  start(request: SubgraphCall, waiter: Waiter): Abandonable {
    if (request.isMutation) return this.#mutate(request, waiter);
    if (request.viewerClass === null) return this.#send(request, waiter);
    const slot = slotOf(request);
    const { deadlineAt } = waiter;
    const known = this.#joinable.find(request, slot, (call) => deadlineAt <= call.joinableUntil);
    if (known === null) return this.#begin(request, slot, waiter);
    known.join(waiter);
    return known;
  }

  #begin(request: SubgraphCall, slot: number, first: Waiter): SharedCall {
    const call = new SharedCall(request, slot, first, this.#joinable);
    this.#joinable.add(call);
    call.exchange = this.#send(request, call);
    return call;
  }

  #mutate(request: SubgraphCall, waiter: Waiter): Abandonable {
    this.#joinable.clear();
    const mutation = new Mutation(waiter, this.#joinable);
    mutation.exchange = this.#send(request, mutation);
    return mutation;
  }
}

class SharedCall implements Receiver, Abandonable, FiledCall<SharedCall> {
  /**
   * The last deadline with which one may join: the one that the system was told and a tenth of its time. With more time
   * left than that the system may give up early for somebody who would have had it wait alone, so that one makes a call of
   * its own, and those after it join that one: a system that hangs gets ten calls of a kind, not one of each client.
   */
  readonly joinableUntil: number;
  exchange: Exchange | null = null;
  nextInSlot: SharedCall | null = null;
  readonly #waiters: Waiter[];

  constructor(
    readonly request: SubgraphCall,
    readonly slot: number,
    first: Waiter,
    readonly joinable: CallTable<SharedCall>,
  ) {
    this.joinableUntil = first.deadlineAt + request.timeoutMs * LATE_PART;
    this.#waiters = [first];
  }

  join(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  abandon(waiter: Waiter): void {
    const place = this.#waiters.indexOf(waiter);
    if (place >= 0) this.#waiters.splice(place, 1);
    if (this.#waiters.length > 0) return;
    this.joinable.remove(this);
    this.exchange?.abandon();
  }

  received(text: string, statusCode: number): void {
    // First of all: who is told may ask again at once, and must not join what is over.
    this.joinable.remove(this);
    for (const waiter of this.#waiters) waiter.received(text, statusCode);
  }

  failed(failure: CallFailure): void {
    this.joinable.remove(this);
    for (const waiter of this.#waiters) waiter.failed(failure);
  }
}

/** Is not shared, and whatever its end, also that nobody waits for it any more, it ends the joining of reads. */
class Mutation implements Receiver, Abandonable {
  exchange: Exchange | null = null;

  constructor(
    readonly waiter: Waiter,
    readonly joinable: CallTable<SharedCall>,
  ) {}

  received(text: string, statusCode: number): void {
    this.joinable.clear();
    this.waiter.received(text, statusCode);
  }

  failed(failure: CallFailure): void {
    this.joinable.clear();
    this.waiter.failed(failure);
  }

  abandon(): void {
    this.joinable.clear();
    this.exchange?.abandon();
  }
}
