import { askEntities, at, type Ask, type EntityFetch, type HandPlan, type Reference } from './hand-plan';
import {
  AGENCIES,
  agencyCard,
  DOSSIERS,
  OFFICERS,
  officerCard,
  PROCEDURES,
  type Agency,
  type Dossier,
  type Officer,
  type Procedure,
} from './hand-heavy';

const NAME = { ...AGENCIES, selection: 'name' };
const NAME_AND_PHONE = { ...AGENCIES, selection: 'name phone' };
const HEAD = { ...OFFICERS, selection: 'name title' };

/** The requests of the stock gateway: one for each branch, 16 in all, in three waves. */
export const heavySame: HandPlan = async (ask, variables) => {
  const { dossiers } = await ask<{ readonly dossiers: readonly Dossier[] }>('dossiers', DOSSIERS, variables);
  const agencies = (read: (dossier: Dossier) => Reference): Promise<readonly object[]> =>
    agencyCards(ask, dossiers.map(read));
  const officers = (read: (dossier: Dossier) => Reference): Promise<readonly object[]> =>
    officerCards(ask, dossiers.map(read));
  const [receiving, handling, result, officer, receiver, approver, procedure] = await Promise.all([
    agencies((dossier) => dossier.receivingAgency),
    agencies((dossier) => dossier.handlingAgency),
    agencies((dossier) => dossier.resultAgency),
    officers((dossier) => dossier.officer),
    officers((dossier) => dossier.receiver),
    officers((dossier) => dossier.approver),
    procedures(
      ask,
      dossiers.map((dossier) => dossier.procedure),
    ),
  ]);
  return {
    dossiers: dossiers.map((dossier, place) => ({
      ...ownFields(dossier),
      receivingAgency: at(receiving, place),
      handlingAgency: at(handling, place),
      resultAgency: at(result, place),
      officer: at(officer, place),
      receiver: at(receiver, place),
      approver: at(approver, place),
      procedure: at(procedure, place),
    })),
  };
};

function ownFields({ id, code, status, applicant, receivedAt, dueAt, note }: Dossier): object {
  return { id, code, status, applicant, receivedAt, dueAt, note };
}

async function agencyCards(ask: Ask, asked: readonly Reference[]): Promise<readonly object[]> {
  const agencies = await entities<Agency>(ask, AGENCIES, asked);
  const heads = await entities<object>(
    ask,
    HEAD,
    agencies.map(({ head }) => head),
  );
  return agencies.map((agency, place) => agencyCard(agency, at(heads, place)));
}

async function officerCards(ask: Ask, asked: readonly Reference[]): Promise<readonly object[]> {
  const officers = await entities<Officer>(ask, OFFICERS, asked);
  const agencies = await entities<object>(
    ask,
    NAME_AND_PHONE,
    officers.map(({ agency }) => agency),
  );
  return officers.map((officer, place) => officerCard(officer, at(agencies, place)));
}

async function procedures(ask: Ask, asked: readonly Reference[]): Promise<readonly object[]> {
  const found = await entities<Procedure>(ask, PROCEDURES, asked);
  const related = found.flatMap((procedure) => procedure.related);
  const [own, theirs] = await Promise.all([
    entities<object>(
      ask,
      NAME_AND_PHONE,
      found.map(({ agency }) => agency),
    ),
    entities<object>(
      ask,
      NAME,
      related.map(({ agency }) => agency),
    ),
  ]);
  let next = 0;
  return found.map(({ id, title, field, days, fee, related: some }, place) => ({
    id,
    title,
    field,
    days,
    fee,
    agency: at(own, place),
    related: some.map((one) => ({ title: one.title, agency: at(theirs, next++) })),
  }));
}

function entities<T>(ask: Ask, fetch: EntityFetch, asked: readonly Reference[]): Promise<readonly T[]> {
  return askEntities<T>(
    ask,
    fetch,
    asked.map(({ id }) => id),
  );
}
