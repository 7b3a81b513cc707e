import type { Finding, QueryFigures } from './check-report';
import { type FindingParts, makeFinding } from './make-finding';
import { vietnameseName } from './speed-names';
import type { FindingCode } from './finding-codes';

/** A page or a lookup that takes longer keeps a citizen waiting, and a connection of the agency's database busy. */
const SLOW_MS = 1_000;

export function assessSpeed(
  queries: readonly QueryFigures[],
  indexes: readonly { readonly sql: string; readonly why: string }[],
): readonly Finding[] {
  return [
    ...failures(queries),
    ...queries.flatMap(({ name, tookMs, plan, detail }) => {
      if (tookMs === null || tookMs <= SLOW_MS) return [];
      const code = plan === 'scan' ? 'QUERY_SCANS' : 'QUERY_SLOW';
      return [named(code, [name], { message: `${Math.round(tookMs)} ms; ${detail}` })];
    }),
    ...byStatement(indexes).map(({ sql, whys }) => named('INDEX_MISSING', whys, { sql })),
  ];
}

/** One row that cannot be read fails every query that comes by it: one cause, one finding. */
function failures(queries: readonly QueryFigures[]): readonly Finding[] {
  const failed = queries.filter(({ tookMs }) => tookMs === null);
  return [...Map.groupBy(failed, ({ detail }) => detail)].map(([message, group]) =>
    named(
      'QUERY_FAILED',
      group.map(({ name }) => name),
      { message },
    ),
  );
}

function byStatement(indexes: readonly { readonly sql: string; readonly why: string }[]) {
  return [...Map.groupBy(indexes, ({ sql }) => sql)].map(([sql, group]) => ({
    sql,
    whys: group.map(({ why }) => why),
  }));
}

function named(code: FindingCode, names: readonly string[], parts: FindingParts): Finding {
  const finding = makeFinding(code, { ...parts, place: names.join('; ') });
  const { vi } = makeFinding(code, { ...parts, place: names.map(vietnameseName).join('; ') }).message;
  return { ...finding, message: { ...finding.message, vi } };
}
