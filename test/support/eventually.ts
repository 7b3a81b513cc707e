/** Asks again until the answer is there; for what another process or a file watcher does in its own time. */
export async function eventually<T>(look: () => Promise<T> | T, isThere: (value: T) => boolean): Promise<T> {
  const giveUpAt = performance.now() + 10_000;
  for (;;) {
    const value = await look();
    if (isThere(value)) return value;
    if (performance.now() > giveUpAt) throw new Error(`It never came; last was ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
