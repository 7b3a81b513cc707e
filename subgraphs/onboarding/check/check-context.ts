import type { AgencyRecord } from '../../../schema/agency-directory';
import type { NamedProcedure } from '../../sources/values/procedure-matcher';
import type { WorkingCalendar } from '../../../schema/calendar';

/** What a system is held against. */
export interface CheckContext {
  /** null: none was found, and codes of agencies are not checked. */
  readonly directory: { readonly records: readonly AgencyRecord[]; readonly source: string } | null;
  /** Names are empty where the list has codes only. */
  readonly catalogue: { readonly procedures: readonly NamedProcedure[]; readonly source: string } | null;
  readonly calendar: Pick<WorkingCalendar, 'isWorkingDay'>;
  /** Years with at least one day off in the calendar: of others only the weekends are known. */
  readonly calendarYears: ReadonlySet<string>;
  readonly nowMs: number;
}
