/**
 * Says to everybody who works for a request that nobody waits for its answer any more. An AbortController says the same at
 * many times the price, and every request needs one of these.
 */
export class Cancellation {
  #isCancelled = false;
  #listeners: Set<() => void> | null = null;

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Calls the listener once, at once when that is past already. Gives back how to stop listening. */
  onCancel(listener: () => void): () => void {
    if (this.#isCancelled) {
      listener();
      return () => undefined;
    }
    const listeners = (this.#listeners ??= new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    const listeners = this.#listeners;
    this.#listeners = null;
    for (const listener of listeners ?? []) listener();
  }
}
