import { KeptFigures } from '../../../subgraphs/sources/figures/kept-figures';
import type { LiveDossiers } from '../../../subgraphs/sources/sql/live/live-dossiers';

export interface BuiltFigures {
  readonly figures: KeptFigures;
  /** How long building took and what it holds, as a sentence. */
  readonly told: string;
}

/** Builds the figures of a system once, as those that a province keeps. */
export async function buildKeptFigures(live: LiveDossiers): Promise<BuiltFigures> {
  const figures = new KeptFigures({
    served: () => live.served(),
    // As long as the bench may last.
    everyMs: 86_400_000,
    fullEveryMs: 86_400_000,
    clock: () => new Date(),
  });
  const start = performance.now();
  let longestMs = 0;
  let last = start;
  const watch = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last - WATCH_MS);
    last = now;
  }, WATCH_MS);
  await figures.readAll();
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1000;
  const { rows, bytes } = figures.health();
  const megabytes = (bytes / 1_000_000).toFixed(0);
  const told = `Kept figures: built in ${seconds.toFixed(0)} s, during which the thread was never held for more than ${longestMs.toFixed(0)} ms; ${rows.toLocaleString('en')} dossiers in ${megabytes} MB.`;
  return { figures, told };
}

const WATCH_MS = 2;
