import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { createWorkingCalendar, localDay } from '../../schema/calendar';
import type { Holiday } from '../../schema/calendar';
import { projectRoot } from '../../schema/runtime/project-root';

const holidays: Holiday[] = parse(readFileSync(join(projectRoot(), 'subgraphs/province/data/holidays.csv')), {
  columns: true,
});
const calendar = createWorkingCalendar(holidays);
const plain = createWorkingCalendar([]);
const days = fc
  .date({ min: new Date('2019-06-01'), max: new Date('2027-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the working calendar of the province', () => {
  it.each([
    ['2024-06-28', true, 'a Friday'],
    ['2024-06-29', false, 'a Saturday'],
    ['2024-06-30', false, 'a Sunday'],
    ['2024-04-29', false, 'a Monday swapped off'],
    ['2024-05-04', true, 'the Saturday worked for it'],
    ['2024-02-12', false, 'Tết'],
    ['1969-12-31', true, 'a Wednesday before all holidays we know'],
    ['2040-01-02', true, 'a Monday after them'],
  ])('knows that %s is worked: %p (%s)', (day, isWorked) => {
    expect(calendar.isWorkingDay(day)).toBe(isWorked);
  });

  it.each([
    ['2024-06-28', '2024-06-28', 0],
    ['2024-06-28', '2024-06-30', 0],
    ['2024-06-28', '2024-07-01', 1],
    ['2024-06-29', '2024-07-01', 1],
    ['2024-04-26', '2024-05-04', 3],
    ['2024-05-04', '2024-04-26', -3],
  ])('counts the days worked after %s up to %s: %d', (from, to, count) => {
    expect(calendar.workingDaysBetween(from, to)).toBe(count);
  });

  it.each([
    ['2024-06-28', 0, '2024-06-28'],
    ['2024-06-29', 0, '2024-06-29'],
    ['2024-06-28', 1, '2024-07-01'],
    ['2024-06-30', 1, '2024-07-01'],
    ['2024-04-26', 3, '2024-05-04'],
    ['2024-02-07', 1, '2024-02-15'],
    ['2024-06-28', 43, '2024-08-28'],
  ])('adds to %s %d days worked: %s', (day, n, end) => {
    expect(calendar.addWorkingDays(day, n)).toBe(end);
  });

  it('counts as a walk from day to day does', () => {
    fc.assert(
      fc.property(days, fc.nat(80), (day, length) => {
        const walked = [...Array(length).keys()]
          .map((i) => plusDays(day, i + 1))
          .filter((each) => calendar.isWorkingDay(each));
        expect(calendar.workingDaysBetween(day, plusDays(day, length))).toBe(walked.length);
        expect(calendar.dayNumber(plusDays(day, length)) - calendar.dayNumber(day)).toBe(walked.length);
      }),
    );
  });

  it('adds exactly what it counts, and lands on a day that is worked', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 400 }), (day, n) => {
        const end = calendar.addWorkingDays(day, n);
        expect(calendar.workingDaysBetween(day, end)).toBe(n);
        expect(calendar.isWorkingDay(end)).toBe(true);
      }),
    );
  });

  it('takes a plain week where no holiday is listed', () => {
    expect(plain.workingDaysBetween('2024-01-01', '2024-12-31')).toBe(261);
  });

  it('is not moved by lines that change nothing', () => {
    const same = createWorkingCalendar([
      { date: '2024-06-30', kind: 'off' },
      { date: '2024-06-28', kind: 'work' },
    ]);

    expect(same.workingDaysBetween('2024-06-27', '2024-07-01')).toBe(2);
  });

  it('refuses a day that is both off and worked, days that are none, and counts that are none', () => {
    expect(() =>
      createWorkingCalendar([
        { date: '2024-05-04', kind: 'off' },
        { date: '2024-05-04', kind: 'work' },
      ]),
    ).toThrow('2024-05-04 is both off and worked');
    expect(() => calendar.dayNumber('2024-02-30')).toThrow(RangeError);
    expect(() => calendar.isWorkingDay('28/06/2024')).toThrow(
      'Not a calendar day (YYYY-MM-DD): "28/06/2024"',
    );
    expect(() => calendar.addWorkingDays('2024-06-28', -1)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays('2024-06-28', 0.5)).toThrow(RangeError);
  });
});

describe('localDay', () => {
  it.each([
    ['2024-06-28T03:00:00Z', '2024-06-28'],
    ['2024-06-28T16:59:59Z', '2024-06-28'],
    ['2024-06-28T17:00:00Z', '2024-06-29'],
    ['2024-12-31T17:00:00.000Z', '2025-01-01'],
    ['2024-06-28T23:30:00+07:00', '2024-06-28'],
  ])('answers the day in Việt Nam at %s: %s', (instant, day) => {
    expect(localDay(instant)).toBe(day);
  });

  it('agrees with the time zone data at every instant', () => {
    const zone = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
    const instants = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2060-01-01'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(instants, (date) => expect(localDay(date.toISOString())).toBe(zone.format(date))));
  });

  it.each(['2024-06-28T03:00:00', '2024-06-28', 'yesterday', ''])(
    'refuses %j, whose zone is not said',
    (text) => {
      expect(() => localDay(text)).toThrow(RangeError);
    },
  );
});

function plusDays(day: string, n: number): string {
  return new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);
}
