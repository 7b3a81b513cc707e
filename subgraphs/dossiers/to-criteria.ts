import type { ClientErrorCode } from '../../schema/client-error-codes';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { BadInputError } from '../../schema/runtime/coded-error';
import type { DossierCriteria } from '../sources/dossiers/dossier-query';
import type { DossierFilter } from './dossier-filter';
import { toNationalNumber } from './dossier-status';
import { refuseLongLists } from './refuse-long-lists';

/** Two ends of a range of days, the wrong way round. */
export class DayRangeError extends BadInputError {
  constructor(
    readonly fromName: string,
    readonly from: string,
    readonly toName: string,
    readonly to: string,
  ) {
    super(
      `"${fromName}" (${from}) is after "${toName}" (${to})`,
      'INVALID_DAY_RANGE' satisfies ClientErrorCode,
    );
  }
}

/** The days of one range, by the names of the fields they came in. Throws DayRangeError. */
export function checkDayRange(range: Readonly<Record<string, string | null | undefined>>): void {
  const [[fromName, from] = [], [toName, to] = []] = Object.entries(range);
  if (fromName === undefined || toName === undefined) return;
  if (typeof from === 'string' && typeof to === 'string' && from > to) {
    throw new DayRangeError(fromName, from, toName, to);
  }
}

/** Throws UnknownAgencyError, DayRangeError and ListTooLongError. */
export function toCriteria(filter: DossierFilter, directory: AgencyDirectory): DossierCriteria {
  const { procedures, fields, status, timeliness, channel } = filter;
  refuseLongLists({ procedures, fields, status, timeliness, channel });
  const { receivedFrom, receivedTo, dueFrom, dueTo } = filter;
  checkDayRange({ receivedFrom, receivedTo });
  checkDayRange({ dueFrom, dueTo });
  return {
    agencies: widenAgencies(filter, directory),
    procedures: procedures ?? null,
    fields: fields ?? null,
    statuses: status?.map(toNationalNumber) ?? null,
    channels: channel ?? null,
    timeliness: timeliness ?? null,
    receivedFrom: receivedFrom ?? null,
    receivedTo: receivedTo ?? null,
    dueFrom: dueFrom ?? null,
    dueTo: dueTo ?? null,
  };
}

export interface AgencyScope {
  readonly agencies?: readonly string[] | null;
  readonly includeChildren?: boolean | null;
  readonly includePredecessors?: boolean | null;
}

/** Canonical codes; null is every agency. Throws UnknownAgencyError. */
export function widenAgencies(scope: AgencyScope, directory: AgencyDirectory): readonly string[] | null {
  const { agencies, includeChildren, includePredecessors } = scope;
  if (agencies === null || agencies === undefined) return null;
  return directory.expand(agencies, {
    includeChildren: includeChildren ?? false,
    includePredecessors: includePredecessors ?? false,
  });
}
