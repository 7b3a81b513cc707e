import type { AgencyDirectory } from '../../schema/agency-directory';
import type { DossierClock } from '../sources/dossiers/dossier-query';
import type { PerformanceFilter } from './performance-filter';
import type { PerformanceScope } from './performance-view';
import { refuseLongLists } from './refuse-long-lists';
import { checkDayRange, widenAgencies } from './to-criteria';

/** Throws UnknownAgencyError, DayRangeError and ListTooLongError. */
export function toPerformanceScope(
  filter: PerformanceFilter,
  clock: DossierClock,
  directory: AgencyDirectory,
): PerformanceScope {
  const { procedures, fields, channel, from, to } = filter;
  refuseLongLists({ procedures, fields, channel });
  checkDayRange({ from, to });
  return {
    criteria: {
      agencies: widenAgencies(filter, directory),
      procedures: procedures ?? null,
      fields: fields ?? null,
      channels: channel ?? null,
    },
    clock,
    from: from ?? null,
    to: to ?? null,
    split: null,
  };
}
