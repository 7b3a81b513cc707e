import type { CheckContext } from './check-context';
import type { Finding } from './check-report';
import type { FindingCode } from './finding-codes';
import { makeFinding, MAX_EXAMPLES, sumRows } from './make-finding';
import type { DayGroup, DossierFacts, Occurrences, RowFaults } from './system-facts';

export function assessRowFaults({ deleted, faults }: RowFaults): readonly Finding[] {
  return [
    ...(deleted === 0 ? [] : [makeFinding('ROWS_DELETED', { count: deleted })]),
    ...faults.map(({ code, place, count, examples }) => makeFinding(code, { place, count, examples })),
  ];
}

export function assessOccurrences(code: FindingCode, { count, examples }: Occurrences): readonly Finding[] {
  return count === 0 ? [] : [makeFinding(code, { count, examples })];
}

export function assessOrphans(code: FindingCode, count: number, table: string): readonly Finding[] {
  return count === 0 ? [] : [makeFinding(code, { count, place: table })];
}

/** Promised on a Saturday, a Sunday or a holiday: a result is not due on a day off. */
export async function assessDueDays(
  dossiers: Pick<DossierFacts, 'dueDays' | 'dueOn'>,
  { calendar, calendarYears }: CheckContext,
): Promise<readonly Finding[]> {
  // Days that are no days are told as unreadable dates.
  const days = (await dossiers.dueDays()).filter(({ day }) => isDay(day));
  const off = days.filter(({ day }) => !calendar.isWorkingDay(day)).sort((a, b) => b.rows - a.rows);
  const beyond = days.filter(({ day }) => !calendarYears.has(day.slice(0, 4)));
  return [
    ...(off.length === 0
      ? []
      : [
          makeFinding('DUE_ON_DAY_OFF', {
            count: sumRows(off),
            values: byDay(off),
            examples: await dossiers.dueOn(off.slice(0, MAX_EXAMPLES).map(({ day }) => day)),
          }),
        ]),
    ...(beyond.length === 0
      ? []
      : [
          makeFinding('CALENDAR_TOO_SHORT', {
            count: sumRows(beyond),
            values: byYear(beyond),
          }),
        ]),
  ];
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function byDay(days: readonly DayGroup[]) {
  return days.map(({ day, rows }) => ({ value: day, count: rows, suggestion: null }));
}

function byYear(days: readonly DayGroup[]) {
  const years = Map.groupBy(days, ({ day }) => day.slice(0, 4));
  return [...years].map(([value, ofYear]) => ({ value, count: sumRows(ofYear), suggestion: null }));
}
