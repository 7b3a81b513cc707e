import type { Finding, QueryFigures } from './check-report';
import { makeFinding } from './make-finding';

/** A page or a lookup that takes longer keeps a citizen waiting, and a connection of the agency's database busy. */
const SLOW_MS = 500;

export function assessSpeed(
  queries: readonly QueryFigures[],
  indexes: readonly { readonly sql: string; readonly why: string }[],
): readonly Finding[] {
  return [
    ...queries.flatMap(({ name, tookMs, plan, detail }) => {
      if (tookMs === null) return [makeFinding('QUERY_FAILED', { place: name, message: detail })];
      if (tookMs <= SLOW_MS) return [];
      const code = plan === 'scan' ? 'QUERY_SCANS' : 'QUERY_SLOW';
      return [makeFinding(code, { place: name, message: `${Math.round(tookMs)} ms; ${detail}` })];
    }),
    ...indexes.map(({ sql, why }) => makeFinding('INDEX_MISSING', { place: why, sql })),
  ];
}
