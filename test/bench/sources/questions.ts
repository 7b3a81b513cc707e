import { agencyCode } from './big-system';
import type { DossierSource } from '../../../subgraphs/dossiers/dossier-source';

export const NOW = '2024-06-28T03:00:00Z';
const YEAR = { from: '2023-07-01', to: '2024-06-30' } as const;
const AGENCY = agencyCode(6);

/** One question as the source is asked it, and as a client asks the subgraph. */
export interface Question {
  readonly name: string;
  /** What the issue asks of it; null: measured only. */
  readonly withinMs: number | null;
  readonly rounds: number;
  ask(source: DossierSource): Promise<unknown>;
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function questions(codes: readonly string[]): readonly Question[] {
  const [code = ''] = codes;
  const fields = 'code status receivedAt dueAt finishedAt receivingAgency { code }';
  const counts = 'received finishedOnTime finishedEarly finishedLate inProgress';
  const year = { clock: 'LOCAL', ...YEAR, now: NOW } as const;
  return [
    {
      name: 'a dossier by its code',
      withinMs: 3,
      rounds: 300,
      ask: (source) => source.findByCodes([code]),
      operation: `query ($code: ID!) { dossier(code: $code) { ${fields} } }`,
      variables: { code },
    },
    {
      name: 'a page of 20 overdue over one agency',
      withinMs: 10,
      rounds: 200,
      ask: (source) =>
        source.page({
          criteria: { agencies: [AGENCY], timeliness: ['OVERDUE'] },
          ...{ order: 'DUE_ASC', after: null, limit: 21, now: NOW },
        }),
      operation: `query ($agencies: [ID!]) { dossiers(filter: { agencies: $agencies, timeliness: [OVERDUE] }, orderBy: DUE_ASC, first: 20) { edges { node { ${fields} } } } }`,
      variables: { agencies: [AGENCY] },
    },
    {
      name: 'a batch of 200 codes',
      withinMs: 15,
      rounds: 200,
      ask: (source) => source.findByCodes(codes),
      operation: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Dossier { ${fields} } } }`,
      variables: { representations: codes.map((one) => ({ __typename: 'Dossier', code: one })) },
    },
    {
      name: 'figures of one agency by month, a year',
      withinMs: 150,
      rounds: 40,
      ask: (source) =>
        source.performance({ criteria: { agencies: [AGENCY] }, ...year, splitBy: null, groupBy: 'month' }),
      operation: `query ($agencies: [ID!]) { performance(filter: { agencies: $agencies, from: "${YEAR.from}", to: "${YEAR.to}" }) { byMonth { month ${counts} } } }`,
      variables: { agencies: [AGENCY] },
    },
    {
      name: 'figures of 40 agencies by month, a year',
      withinMs: null,
      rounds: 3,
      ask: (source) => source.performance({ criteria: {}, ...year, splitBy: 'agency', groupBy: 'month' }),
      operation: `{ performance(filter: { from: "${YEAR.from}", to: "${YEAR.to}" }) { byMonth { month ${counts} } } }`,
      variables: {},
    },
  ];
}
