/** A piece that took longer than this is followed by a pause half as long. */
const SHORT_MS = 10;
const MAX_PAUSE_MS = 50;

/**
 * Work that would keep everybody waiting if it were done in one go, done in pieces: one piece of one worker at a time, and in
 * between whoever came meanwhile is served. One of these per process.
 */
export class HeavyWork {
  private readonly waiting: (() => void)[] = [];
  private isScheduled = false;
  /** On the clock of `performance.now()`. */
  private restsUntil = 0;

  /** Runs a piece when its turn comes; what it throws is the caller's. */
  do<T>(piece: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          resolve(piece());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    const restMs = this.restsUntil - performance.now();
    if (restMs > 0) setTimeout(() => this.next(), restMs);
    else setImmediate(() => this.next());
  }

  /** A request is served in several turns: after a long piece all that wait get theirs before the next one. */
  private next(): void {
    const startedAt = performance.now();
    this.waiting.shift()?.();
    const endedAt = performance.now();
    const tookMs = endedAt - startedAt;
    this.restsUntil = tookMs > SHORT_MS ? endedAt + Math.min(tookMs / 2, MAX_PAUSE_MS) : 0;
    this.isScheduled = false;
    if (this.waiting.length > 0) this.schedule();
  }
}
