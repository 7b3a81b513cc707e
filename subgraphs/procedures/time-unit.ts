import { registerEnumType } from 'type-graphql';
import type { TimeUnit as SourceUnit } from '../sources/catalogue/procedure-record';

/** A missing unit is null and the issue UNIT_MISSING, not a unit. */
type Unit = Exclude<SourceUnit, 'UNIT_MISSING'>;

export const TimeUnit = {
  WORKING_DAY: 'WORKING_DAY',
  CALENDAR_DAY: 'CALENDAR_DAY',
  HOUR: 'HOUR',
  MONTH: 'MONTH',
} as const satisfies Readonly<Record<Unit, Unit>>;
export type TimeUnit = Unit;

registerEnumType(TimeUnit, {
  name: 'TimeUnit',
  description: 'Đơn vị thời gian. A unit of time.',
  valuesConfig: {
    WORKING_DAY: { description: 'Ngày làm việc. Working day.' },
    CALENDAR_DAY: { description: 'Ngày theo lịch. Calendar day.' },
    HOUR: { description: 'Giờ. Hour.' },
    MONTH: { description: 'Tháng. Month.' },
  },
});
