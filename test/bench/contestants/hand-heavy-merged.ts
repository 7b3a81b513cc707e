import { askEntitiesOnce, of, type HandPlan } from './hand-plan';
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

const NAMES = { ...AGENCIES, selection: 'name phone' };
const HEADS = { ...OFFICERS, selection: 'name title' };

/** Six requests in three waves; each entity is asked once a wave, and what is equal is the same object in the answer. */
export const heavyMerged: HandPlan = async (ask, variables) => {
  const { dossiers } = await ask<{ readonly dossiers: readonly Dossier[] }>('dossiers', DOSSIERS, variables);
  const [agencies, officers, procedures] = await Promise.all([
    askEntitiesOnce<Agency>(ask, AGENCIES, dossiers.flatMap(agencyIds)),
    askEntitiesOnce<Officer>(ask, OFFICERS, dossiers.flatMap(officerIds)),
    askEntitiesOnce<Procedure>(
      ask,
      PROCEDURES,
      dossiers.map(({ procedure }) => procedure.id),
    ),
  ]);
  const [names, heads] = await Promise.all([
    askEntitiesOnce<Name>(ask, NAMES, [
      ...[...officers.values()].map(({ agency }) => agency.id),
      ...[...procedures.values()].flatMap(procedureAgencyIds),
    ]),
    askEntitiesOnce<object>(
      ask,
      HEADS,
      [...agencies.values()].map(({ head }) => head.id),
    ),
  ]);
  const agencyCards = mapped(agencies, (agency) => agencyCard(agency, of(heads, agency.head.id)));
  const officerCards = mapped(officers, (officer) => officerCard(officer, of(names, officer.agency.id)));
  const procedureCards = mapped(procedures, (procedure) => procedureCard(procedure, names));
  return {
    dossiers: dossiers.map(({ receivingAgency, handlingAgency, resultAgency, ...dossier }) => ({
      ...dossier,
      receivingAgency: of(agencyCards, receivingAgency.id),
      handlingAgency: of(agencyCards, handlingAgency.id),
      resultAgency: of(agencyCards, resultAgency.id),
      officer: of(officerCards, dossier.officer.id),
      receiver: of(officerCards, dossier.receiver.id),
      approver: of(officerCards, dossier.approver.id),
      procedure: of(procedureCards, dossier.procedure.id),
    })),
  };
};

interface Name {
  readonly name: string;
  readonly phone: string;
}

function agencyIds({ receivingAgency, handlingAgency, resultAgency }: Dossier): readonly string[] {
  return [receivingAgency.id, handlingAgency.id, resultAgency.id];
}

function officerIds({ officer, receiver, approver }: Dossier): readonly string[] {
  return [officer.id, receiver.id, approver.id];
}

function procedureAgencyIds({ agency, related }: Procedure): readonly string[] {
  return [agency.id, ...related.map((one) => one.agency.id)];
}

function procedureCard(procedure: Procedure, names: ReadonlyMap<string, Name>): object {
  const related = procedure.related.map(({ title, agency }) => ({
    title,
    agency: { name: of(names, agency.id).name },
  }));
  return { ...procedure, agency: of(names, procedure.agency.id), related };
}

function mapped<T>(rows: ReadonlyMap<string, T>, map: (row: T) => object): ReadonlyMap<string, object> {
  return new Map([...rows].map(([id, row]) => [id, map(row)]));
}
