import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { CallFailure, brokenExchange, tooLong } from './call-failure';
import { decodeBody } from './decode-body';
import { refuseHead } from './response-head';

/** Who waits for what comes of an exchange: exactly one of the two is called, once, and none after `abandon`. */
export interface Receiver {
  received(text: string, statusCode: number): void;
  failed(failure: CallFailure): void;
}

/** So much of a refused answer is read past, for so long, to keep its connection; else the connection ends. */
const MAX_DISCARDED_BYTES = 64 * 1024;
const MAX_DISCARDING_MS = 1000;
const GIVEN_UP = new Error('The call was given up');

/**
 * One request and its answer, as undici's dispatch reports them. It knows no deadline: who waits abandons it. A plain
 * handler, because undici's `request` with its streams and an AbortSignal costs about as much again.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #receiver: Receiver;
  readonly #maxBodyBytes: number;
  #controller: Dispatcher.DispatchController | null = null;
  #isOver = false;
  #statusCode = 0;
  #encoding: string | undefined;
  #length = 0;
  /** Most answers come in one piece. */
  #firstChunk: Buffer | null = null;
  #chunks: Buffer[] | null = null;
  #discarding: NodeJS.Timeout | null = null;

  constructor(receiver: Receiver, maxBodyBytes: number) {
    this.#receiver = receiver;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** Nobody waits any more: what is under way ends with its connection, what still waits for one is never sent. */
  abandon(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hangUp();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, not aborted: nothing was written yet, and undici then keeps the connection.
    if (this.#isOver) throw GIVEN_UP;
    this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    // Early hints and their like come before the answer.
    if (statusCode < 200) return;
    this.#statusCode = statusCode;
    this.#encoding = headers['content-encoding'];
    const failure = refuseHead(statusCode, headers, this.#maxBodyBytes);
    if (failure !== null) this.#refuse(failure, Number(headers['content-length'] ?? 0));
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#discarding !== null) {
      if (this.#length > MAX_DISCARDED_BYTES) this.#hangUp();
    } else if (this.#length > this.#maxBodyBytes) {
      this.#fail(tooLong(this.#maxBodyBytes));
      this.#hangUp();
    } else if (this.#firstChunk === null) {
      this.#firstChunk = chunk;
    } else {
      (this.#chunks ??= [this.#firstChunk]).push(chunk);
    }
  }

  onResponseEnd(): void {
    this.#stopDiscarding();
    if (this.#isOver) return;
    const statusCode = this.#statusCode;
    const body = {
      bytes: this.#body(),
      encoding: this.#encoding,
      statusCode,
      maxBodyBytes: this.#maxBodyBytes,
    };
    decodeBody(body, (text) => {
      if (this.#isOver) return;
      if (text instanceof CallFailure) return this.#fail(text);
      this.#isOver = true;
      this.#receiver.received(text, statusCode);
    });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#stopDiscarding();
    this.#fail(brokenExchange(error));
  }

  /** The head is enough to know: who waits hears so at once, and a short rest is read past. */
  #refuse(failure: CallFailure, announcedBytes: number): void {
    this.#fail(failure);
    if (announcedBytes > MAX_DISCARDED_BYTES) this.#hangUp();
    else this.#discarding = setTimeout(() => this.#hangUp(), MAX_DISCARDING_MS);
  }

  #fail(failure: CallFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#receiver.failed(failure);
  }

  #hangUp(): void {
    this.#stopDiscarding();
    this.#controller?.abort(GIVEN_UP);
  }

  #stopDiscarding(): void {
    if (this.#discarding === null) return;
    clearTimeout(this.#discarding);
    this.#discarding = null;
  }

  #body(): Buffer {
    if (this.#chunks !== null) return Buffer.concat(this.#chunks, this.#length);
    return this.#firstChunk ?? Buffer.alloc(0);
  }
}
