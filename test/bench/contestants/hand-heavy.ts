import type { Reference } from './hand-plan';

/** The first request of the heavy query, and what both of its plans ask after it. */
export const DOSSIERS =
  'query($from:Int!){dossiers(first:40,from:$from){id code status applicant receivedAt dueAt note ' +
  'receivingAgency{id} handlingAgency{id} resultAgency{id} officer{id} receiver{id} approver{id} procedure{id}}}';

export interface Dossier {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly applicant: string;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly note: string;
  readonly receivingAgency: Reference;
  readonly handlingAgency: Reference;
  readonly resultAgency: Reference;
  readonly officer: Reference;
  readonly receiver: Reference;
  readonly approver: Reference;
  readonly procedure: Reference;
}

export const AGENCIES = {
  subgraph: 'agencies',
  typename: 'Agency',
  selection: 'id name level address head{id}',
};
export const OFFICERS = {
  subgraph: 'officers',
  typename: 'Officer',
  selection: 'id name title email agency{id}',
};
export const PROCEDURES = {
  subgraph: 'procedures',
  typename: 'Procedure',
  selection: 'id title field days fee agency{id} related(first:2){title agency{id}}',
};

export interface Agency {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly address: string;
  readonly head: Reference;
}

export interface Officer {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly agency: Reference;
}

export interface Procedure {
  readonly id: string;
  readonly title: string;
  readonly field: string;
  readonly days: number;
  readonly fee: number;
  readonly agency: Reference;
  readonly related: readonly { readonly title: string; readonly agency: Reference }[];
}

export function agencyCard({ id, name, level, address }: Agency, head: object): object {
  return { id, name, level, address, head };
}

export function officerCard({ id, name, title, email }: Officer, agency: object): object {
  return { id, name, title, email, agency };
}
