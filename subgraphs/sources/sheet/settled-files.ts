import { type FileState, sameState } from './sheet-folder';

/**
 * Tells when a file has come to rest: its size and times have not changed for `settleMs`. That is known from its times when they
 * lie so far back, else from having seen the file so for so long: the clock of a file server may be ahead of ours.
 */
export class SettledFiles {
  readonly #seen = new Map<string, { readonly state: FileState; readonly sinceMs: number }>();

  constructor(
    private readonly settleMs: number,
    private readonly clock: () => number,
  ) {}

  isSettled(path: string, state: FileState): boolean {
    const nowMs = this.clock();
    const before = this.#seen.get(path);
    const sinceMs = before !== undefined && sameState(before.state, state) ? before.sinceMs : nowMs;
    this.#seen.set(path, { state, sinceMs });
    const lastChangeMs = Math.max(state.modifiedMs, state.changedMs);
    return nowMs - lastChangeMs >= this.settleMs || nowMs - sinceMs >= this.settleMs;
  }
}
