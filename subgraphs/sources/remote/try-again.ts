import { setTimeout as wait } from 'node:timers/promises';
import { SourceProblem, type SourceProblemCode } from '../source-problem';

/** Waits; a test waits for nothing. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export const realPause: Pause = (ms, signal) => wait(ms, undefined, { signal });

/** Some 8 seconds in all: a lost packet or a restart behind a proxy heals in it, and a system that is down is told of soon. */
const PAUSES_MS = [500, 2_000, 5_000];

/** What may be gone a moment later. */
const PASSING: readonly SourceProblemCode[] = ['SOURCE_UNREACHABLE', 'SOURCE_TIMEOUT'];

/** Asks again after pauses when a connection was lost or too slow; any other problem, and the last one, is the caller's. */
export async function tryAgain<Answer>(
  ask: () => Promise<Answer>,
  { pause, signal }: { readonly pause: Pause; readonly signal: AbortSignal },
): Promise<Answer> {
  for (const ms of PAUSES_MS) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SourceProblem) || !PASSING.includes(error.code)) throw error;
      signal.throwIfAborted();
      await pause(ms, signal);
    }
  }
  return ask();
}
