import DataLoader from 'dataloader';
import type { PerformanceQuery, PerformanceRow } from '../sources/dossiers/dossier-query';
import { addCounts, NO_COUNTS } from '../sources/dossiers/performance-counts';
import type { DossierSource } from './dossier-source';
import { inGroups } from './in-groups';

/** What one object asks: the figures of its own key, when `splitBy` names one, and of everything otherwise. */
export interface PerformanceQuestion extends Omit<PerformanceQuery, 'now'> {
  /** The agency or procedure; must be null when nothing splits, and its criteria must leave that part open. */
  readonly splitKey: string | null;
}

export type PerformanceLoader = DataLoader<PerformanceQuestion, readonly PerformanceRow[], string>;

/**
 * Questions that differ in their key only become one pass over the dossiers. A total that is asked beside a grouping is the sum of
 * its groups: every dossier is in exactly one of them.
 */
export function createPerformanceLoader(source: DossierSource, now: string): PerformanceLoader {
  return new DataLoader(
    async (questions) => {
      const groupings = new Map(
        questions.filter(({ groupBy }) => groupBy !== null).map((one) => [scopePart(one), one.groupBy]),
      );
      const asked = questions.map((one) => ({
        ...one,
        groupBy: one.groupBy ?? groupings.get(scopePart(one)) ?? null,
      }));
      const answers = await inGroups(asked, sharedPart, (group) => askTogether(source, now, group));
      return answers.map((rows, place) => (questions[place]?.groupBy === null ? total(rows) : rows));
    },
    { cacheKeyFn: (question) => JSON.stringify([question.splitKey, sharedPart(question)]) },
  );
}

function total(rows: readonly PerformanceRow[]): readonly PerformanceRow[] {
  const [first] = rows;
  if (first === undefined) return [];
  return [
    { split: first.split, key: null, counts: rows.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS) },
  ];
}

function scopePart({ criteria, clock, from, to, splitBy }: PerformanceQuestion): string {
  return JSON.stringify([criteria, clock, from, to, splitBy]);
}

function sharedPart(question: PerformanceQuestion): string {
  return `${scopePart(question)} ${question.groupBy}`;
}

async function askTogether(
  source: DossierSource,
  now: string,
  questions: readonly PerformanceQuestion[],
): Promise<readonly (readonly PerformanceRow[])[]> {
  const [first] = questions;
  if (first === undefined) return [];
  const { criteria, clock, from, to, splitBy, groupBy } = first;
  const keys = questions.flatMap(({ splitKey }) => (splitKey === null ? [] : [splitKey]));
  const rows = await source.performance({
    criteria: { ...criteria, ...splitCriteria(first, keys) },
    clock,
    from,
    to,
    now,
    splitBy,
    groupBy,
  });
  const bySplit = Map.groupBy(rows, ({ split }) => split);
  return questions.map(({ splitKey }) => bySplit.get(splitKey) ?? []);
}

function splitCriteria(
  { splitBy }: PerformanceQuestion,
  keys: readonly string[],
): Partial<PerformanceQuery['criteria']> {
  switch (splitBy) {
    case null:
      return {};
    case 'agency':
      return { agencies: keys };
    case 'procedure':
      return { procedures: keys };
  }
}
