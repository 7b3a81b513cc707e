import type { PerformanceQuery } from '../dossiers/dossier-query';
import type { LiveDossiers } from '../sql/live/live-dossiers';
import type { KeptFigures } from './kept-figures';

type LiveQuestions = Pick<
  LiveDossiers,
  'page' | 'count' | 'countByAgency' | 'findByCodes' | 'supplements' | 'steps' | 'performance'
>;

/** The live dossiers, with their figures answered from those that are kept wherever these can tell. */
export function withKeptFigures(live: LiveQuestions, figures: Pick<KeptFigures, 'answer'>): LiveQuestions {
  return {
    page: (query) => live.page(query),
    count: (query) => live.count(query),
    countByAgency: (query) => live.countByAgency(query),
    findByCodes: (codes) => live.findByCodes(codes),
    supplements: (keys) => live.supplements(keys),
    steps: (keys) => live.steps(keys),
    performance: async (query: PerformanceQuery) =>
      (await figures.answer(query)) ?? (await live.performance(query)),
  };
}
