import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../federation/date-time-scalar';
import type { DossierClock, TimelinessVerdict } from '../sources/dossiers/dossier-query';

export const Clock = { LOCAL: 'LOCAL', NATIONAL: 'NATIONAL' } as const satisfies {
  readonly [Name in DossierClock]: Name;
};

registerEnumType(Clock, {
  name: 'Clock',
  description:
    'Cách tính đúng hạn: hai cách cho hai kết quả khác nhau trên cùng hồ sơ. Which clock says "on time": the two may disagree on the same dossier.',
  valuesConfig: {
    LOCAL: {
      description:
        'Của hệ thống tỉnh: so ngày kết thúc với ngày hẹn trả. Of the provincial system: the day it ended against the promised day.',
    },
    NATIONAL: {
      description:
        'Chỉ số 2.1 của Quyết định 766: trừ thời gian bổ sung, yêu cầu bổ sung nhiều lần là quá hạn. Indicator 2.1 of Decision 766: time of a supplement is subtracted, more than one request is overdue.',
    },
  },
});

export const TimelinessResult = {
  EARLY: 'EARLY',
  ON_TIME: 'ON_TIME',
  LATE: 'LATE',
  WITHIN: 'WITHIN',
  OVERDUE: 'OVERDUE',
} as const satisfies { readonly [Verdict in TimelinessVerdict]: Verdict };

registerEnumType(TimelinessResult, {
  name: 'TimelinessResult',
  description: 'Hồ sơ so với hạn. A dossier against its due date.',
  valuesConfig: {
    EARLY: { description: 'Đã xong trước hạn. Ended before the due day.' },
    ON_TIME: { description: 'Đã xong đúng hạn. Ended on the due day.' },
    LATE: { description: 'Đã xong quá hạn. Ended after the due day.' },
    WITHIN: { description: 'Đang xử lý trong hạn. Unfinished, the due day has not passed.' },
    OVERDUE: { description: 'Đang xử lý quá hạn. Unfinished, the due day has passed.' },
  },
});

export const TimelinessReason = {
  NOT_RECEIVED: 'NOT_RECEIVED',
  END_UNKNOWN: 'END_UNKNOWN',
  NO_DUE_DATE: 'NO_DUE_DATE',
  SUPPLEMENTS_UNKNOWN: 'SUPPLEMENTS_UNKNOWN',
} as const;
export type TimelinessReason = keyof typeof TimelinessReason;

registerEnumType(TimelinessReason, {
  name: 'TimelinessReason',
  description: 'Vì sao chưa kết luận được. Why there is no result.',
  valuesConfig: {
    NOT_RECEIVED: { description: 'Chưa được tiếp nhận. Nobody has taken it in.' },
    END_UNKNOWN: { description: 'Đã kết thúc nhưng không có ngày. It has ended, and no date says when.' },
    NO_DUE_DATE: {
      description:
        'Không có ngày hẹn trả; cách tính quốc gia cần thời hạn dài nhất của thủ tục. No promised date; the national clock would need the longest time of the procedure.',
    },
    SUPPLEMENTS_UNKNOWN: {
      description: 'Hệ thống không lưu các lần bổ sung. The system keeps no record of supplements.',
    },
  },
});

@ObjectType('Timeliness', {
  simpleResolvers: true,
  description: 'Kết luận đúng hạn của một hồ sơ, theo một cách tính. One dossier against one clock.',
})
export class Timeliness {
  @Field(() => Clock, { description: 'Cách tính. The clock.' })
  readonly clock!: DossierClock;

  @Field(() => TimelinessResult, {
    nullable: true,
    description: 'Kết quả; null thì xem `reason`. The result; when null, `reason` says why.',
  })
  readonly result!: TimelinessVerdict | null;

  @Field(() => TimelinessReason, {
    nullable: true,
    description: 'Vì sao chưa có kết quả. Why there is no result.',
  })
  readonly reason!: TimelinessReason | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Quy tắc quốc gia đã quyết định: 1 kết thúc trước hạn, 2 đang chờ bổ sung, 3 bổ sung nhiều lần, 5 chưa xong, 6 trừ thời gian bổ sung. The national rule that decided: 1 end against due, 2 waits for a supplement, 3 more than one request, 5 unfinished, 6 supplement time subtracted.',
  })
  readonly rule!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Hạn đã dùng để so. The due date that was compared.',
  })
  readonly dueAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Thời điểm kết thúc đã dùng để so, sau khi trừ thời gian bổ sung. The end that was compared, supplement time subtracted.',
  })
  readonly endedAt!: string | null;
}
