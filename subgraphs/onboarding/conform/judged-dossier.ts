import { judgeTimeliness } from '../../dossiers/judge-timeliness';
import type { Timeliness } from '../../dossiers/timeliness';
import type { DossierClock } from '../../sources/dossiers/dossier-query';
import type { SampledDossier } from './dossier-collection';

/** What the contract's rules say of a dossier as the endpoint answers it. */
export function judge(row: SampledDossier, clock: DossierClock, at: string): Timeliness {
  const { statusNumber, receivedAt, dueAt, finishedAt, returnedAt, refusedAt, supplements } = row;
  return judgeTimeliness({
    dossier: { status: statusNumber, receivedAt, dueAt, finishedAt, returnedAt, refusedAt },
    clock,
    at,
    supplements,
  });
}

/** An instant at which about half of the promised dates are over, so that verdicts of every kind are seen. */
export function middleOf(rows: readonly SampledDossier[]): string | null {
  const dates = rows.flatMap(({ dueAt }) => dueAt ?? []).toSorted();
  const middle = dates[Math.floor(dates.length / 2)];
  return middle === undefined ? null : new Date(middle).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
