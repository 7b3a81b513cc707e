import { localDay } from '../contract/calendar';
import type { ClientErrorCode } from '../contract/client-error-codes';
import { BadInputError } from '../contract/runtime/coded-error';
import type { Channel, Dossier, DossierStatus } from './dossier';
import type { Period } from './performance';
import { judge, type Verdict } from './timeliness';

type Wanted<Value> = readonly Value[] | null;

/** All conditions must hold; null or absent does not restrict, an empty list fits nothing. */
export interface DossierFilter {
  /** The gateway has added the agencies below and before them already. */
  readonly agencies?: Wanted<string>;
  readonly procedures?: Wanted<string>;
  readonly fields?: Wanted<string>;
  readonly status?: Wanted<DossierStatus>;
  readonly timeliness?: Wanted<Verdict>;
  readonly channel?: Wanted<Channel>;
  readonly receivedFrom?: string | null;
  readonly receivedTo?: string | null;
  readonly dueFrom?: string | null;
  readonly dueTo?: string | null;
}

export interface PerformanceFilter extends Pick<
  DossierFilter,
  'agencies' | 'procedures' | 'fields' | 'channel'
> {
  readonly from?: string | null;
  readonly to?: string | null;
}

export function filterDossiers(
  rows: readonly Dossier[],
  filter: DossierFilter,
  now: string,
): readonly Dossier[] {
  const { agencies, procedures, fields, status, channel, timeliness } = filter;
  const { receivedFrom = null, receivedTo = null, dueFrom = null, dueTo = null } = filter;
  checkRange('receivedFrom', receivedFrom, 'receivedTo', receivedTo);
  checkRange('dueFrom', dueFrom, 'dueTo', dueTo);
  return rows.filter(
    (row) =>
      isOneOf(row.receivingAgency, agencies) &&
      isOneOf(row.procedure, procedures) &&
      isOneOf(row.field, fields) &&
      isOneOf(row.status, status) &&
      isOneOf(row.channel, channel) &&
      (timeliness == null || isOneOf(judge(row, 'LOCAL', now).result, timeliness)) &&
      isWithin(row.receivedAt, receivedFrom, receivedTo) &&
      isWithin(row.dueAt, dueFrom, dueTo),
  );
}

export function readPeriod(from: string | null = null, to: string | null = null): Period {
  checkRange('from', from, 'to', to);
  return { from, to };
}

function isOneOf<Value>(value: Value | null, wanted: Wanted<Value> | undefined): boolean {
  return wanted == null || (value !== null && wanted.includes(value));
}

function isWithin(instant: string | null, from: string | null, to: string | null): boolean {
  if (from === null && to === null) return true;
  if (instant === null) return false;
  const day = localDay(instant);
  return (from === null || from <= day) && (to === null || day <= to);
}

function checkRange(fromName: string, from: string | null, toName: string, to: string | null): void {
  if (from !== null && to !== null && from > to)
    throw new BadInputError(
      `"${fromName}" (${from}) is after "${toName}" (${to})`,
      'INVALID_DAY_RANGE' satisfies ClientErrorCode,
    );
}
