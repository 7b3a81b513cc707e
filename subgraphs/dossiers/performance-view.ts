import { compareBytewise } from '../../schema/bytewise';
import type {
  DossierClock,
  PerformanceGrouping,
  PerformanceQuery,
  PerformanceRow,
} from '../sources/dossiers/dossier-query';
import { NO_COUNTS } from '../sources/dossiers/performance-counts';
import type { PerformanceFigures } from './performance-figures';
import { FIGURE_NAMES, toFigures } from './performance-figures';
import type { PerformanceLoader } from './performance-loader';

/** The dossiers that figures are asked of. */
export interface PerformanceScope {
  readonly criteria: PerformanceQuery['criteria'];
  readonly clock: DossierClock;
  readonly from: string | null;
  readonly to: string | null;
  /** The object whose field it is; objects of one request that ask the same share their queries. */
  readonly split: { readonly by: 'agency' | 'procedure'; readonly key: string } | null;
}

/** Fields by name; graphql-js calls those that are selected, so each grouping is computed only where somebody asked for it. */
export type LazyPerformance = Readonly<Record<string, () => Promise<unknown>>>;

export function performanceView(scope: PerformanceScope, loader: PerformanceLoader): LazyPerformance {
  const { criteria, clock, from, to, split } = scope;
  const read = (groupBy: PerformanceGrouping | null) =>
    loader.load({
      criteria,
      clock,
      from,
      to,
      splitBy: split?.by ?? null,
      splitKey: split?.key ?? null,
      groupBy,
    });
  const groupsBy = (groupBy: PerformanceGrouping) => async () =>
    toGroups(await read(groupBy), groupBy, clock);
  return {
    ...figureFields(async () => toFigures((await read(null))[0]?.counts ?? NO_COUNTS, clock)),
    byAgency: groupsBy('agency'),
    byField: groupsBy('field'),
    byProcedure: groupsBy('procedure'),
    byMonth: groupsBy('month'),
    byChannel: groupsBy('channel'),
  };
}

/** Figures of no dossier at all, for an object that the filter leaves out. */
export function emptyPerformance(clock: DossierClock): LazyPerformance {
  const none = () => Promise.resolve([]);
  return {
    ...figureFields(() => Promise.resolve(toFigures(NO_COUNTS, clock))),
    byAgency: none,
    byField: none,
    byProcedure: none,
    byMonth: none,
    byChannel: none,
  };
}

function figureFields(read: () => Promise<PerformanceFigures>): LazyPerformance {
  return Object.fromEntries(FIGURE_NAMES.map((name) => [name, async () => (await read())[name]]));
}

function toGroups(
  rows: readonly PerformanceRow[],
  groupBy: PerformanceGrouping,
  clock: DossierClock,
): unknown[] {
  return rows
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map(({ key, counts }) => ({ ...toFigures(counts, clock), [groupBy]: toKeyValue(groupBy, key) }));
}

function toKeyValue(groupBy: PerformanceGrouping, key: string | null): unknown {
  const isEntity = groupBy === 'agency' || groupBy === 'procedure';
  return isEntity && key !== null ? { code: key } : key;
}

function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareBytewise(a, b);
}
