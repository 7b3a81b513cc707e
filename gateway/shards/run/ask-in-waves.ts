/** Calls that are sent in one turn of the event loop. */
const AT_ONCE = 32;

/**
 * Asks many systems at once, but sends a few of the calls a turn: the first answers are read while later calls are still being
 * sent, so that hundreds of systems cost no more memory at a time than dozens. Nobody waits for an answer to be asked.
 */
export async function askInWaves<Call>(
  calls: readonly Call[],
  ask: (call: Call) => Promise<void>,
): Promise<void> {
  const asked: Promise<void>[] = [];
  for (let at = 0; at < calls.length; at += AT_ONCE) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve));
    const wave = Promise.all(calls.slice(at, at + AT_ONCE).map(ask)).then(() => undefined);
    // Told below; it must not pass for unheard meanwhile.
    wave.catch(() => undefined);
    asked.push(wave);
  }
  await Promise.all(asked);
}
