import { ALL_FIGURES } from './ask-performance';
import type { SubgraphName } from './contract';
import { DOSSIER_COLLECTION } from './dossier-collection';
import { PROCEDURE_COLLECTION } from './procedure-collection';

const { selection: dossier, orders: dossierOrders } = DOSSIER_COLLECTION;
const { selection: procedure, orders: procedureOrders } = PROCEDURE_COLLECTION;

/** What a recorded fixture asks: every order, totals, and figures in every grouping. */
export const STABLE_QUESTIONS: Readonly<Record<SubgraphName, readonly string[]>> = {
  dossiers: [
    ...dossierOrders.map((order) => page('dossiers', order, dossier)),
    ...['LOCAL', 'NATIONAL'].map(
      (clock) =>
        `{ performance(clock: ${clock}) { ${ALL_FIGURES} byAgency { agency { code } received rated } byField { field received rated } byProcedure { procedure { code } received rated } byMonth { month received rated } byChannel { channel received rated } } }`,
    ),
  ],
  procedures: procedureOrders.map((order) => page('procedures', order, procedure)),
};

function page(field: string, order: string, selection: string): string {
  return `{ ${field}(orderBy: ${order}, first: 50) { totalCount edges { cursor node { ${selection} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
}
