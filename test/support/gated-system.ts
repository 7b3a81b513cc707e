import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FakeSystem, readText, startFakeSystem } from './fake-system';

export interface AskedCall {
  readonly request: IncomingMessage;
  readonly body: string;
  /** Settles when the caller's connection ends before it has the answer. */
  readonly hungUp: Promise<void>;
  answer(body: string): void;
}

export interface GatedSystem extends FakeSystem {
  /** Every call that arrived so far, in order. */
  readonly calls: readonly AskedCall[];
  /** The call of that number, counted from 0, once it is there. */
  asked(place: number): Promise<AskedCall>;
}

/** A real HTTP server that answers a call only when the test says so. */
export async function startGatedSystem(): Promise<GatedSystem> {
  const calls: AskedCall[] = [];
  const waiting: (() => void)[] = [];
  const system = await startFakeSystem(async (request, response) => {
    const hungUp = hangUpOf(response);
    const body = await readText(request);
    calls.push({ request, body, hungUp, answer: (text) => answerJson(response, text) });
    for (const look of waiting.splice(0)) look();
  });
  const asked = async (place: number): Promise<AskedCall> => {
    for (;;) {
      const call = calls[place];
      if (call !== undefined) return call;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { url: system.url, calls, asked, [Symbol.asyncDispose]: () => system[Symbol.asyncDispose]() };
}

function hangUpOf(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', () => {
      if (!response.writableFinished) resolve();
    });
  });
}

function answerJson(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(text);
}
