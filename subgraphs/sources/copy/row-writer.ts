import type { RowProblem } from '../source-problem';

/** The telling that a row is part of. */
export interface Telling {
  readonly scope: number;
  readonly generation: number;
}

export type WriteOutcome = 'added' | 'changed' | 'unchanged' | 'removed' | 'refused' | 'duplicate';

/** What a row that is read has for a writer. */
export interface ReadRow {
  readonly problems: readonly RowProblem[];
}

/** Writes the rows of one collection; always inside a transaction of its caller. */
export interface RowWriter<Read extends ReadRow> {
  write(read: Read, telling: Telling): WriteOutcome;
  /** Removes rows of the scope that this telling did not tell, among those whose ids are above `from`; null at the end, else where to go on. */
  sweep(
    telling: Telling,
    from: number,
    isGone: boolean,
  ): { readonly removed: number; readonly next: number | null };
}

/** A row as it stands in the store. */
export interface StoredRow {
  readonly id: number;
  readonly scope: number;
  readonly seen: number;
  readonly hash: number;
  readonly updated: number | null;
}

/** What a row that is told means for the one that is there. */
export function judge(
  stored: StoredRow,
  told: { readonly hash: number; readonly updated: number | null },
  { scope, generation }: Telling,
): 'unchanged' | 'changed' | 'duplicate' | 'older' {
  const isOther = stored.scope !== scope;
  // The same dossier in two files: the one that was changed last is right, whichever file is read last.
  if (isOther && stored.updated !== null && told.updated !== null && told.updated < stored.updated)
    return 'older';
  if (stored.hash === told.hash) return 'unchanged';
  // Told anew because it changed meanwhile is no duplicate.
  return !isOther && stored.seen === generation && stored.updated === told.updated ? 'duplicate' : 'changed';
}

/** So many ids at a time are swept in one go, so that whoever waits gets a turn. */
export const SWEEP_IDS = 20_000;
