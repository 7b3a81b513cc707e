import { COUNT_NAMES } from '../sources/dossiers/performance-counts';
import { Directive, Field, Float, Int, InterfaceType } from 'type-graphql';
import type { DossierClock, PerformanceCounts } from '../sources/dossiers/dossier-query';

/** The figures that the whole and every group have alike. */
@InterfaceType('PerformanceFigures', {
  description:
    'Số liệu theo biểu 06 của Thông tư 01/2020/TT-VPCP. Figures of form 06 of Circular 01/2020/TT-VPCP.',
})
export abstract class PerformanceFigures {
  @Field(() => Int, {
    nullable: true,
    simple: true,
    description:
      'Tổng số hồ sơ của kỳ = kỳ trước + trực tiếp + trực tuyến + bưu chính = đã xử lý + đang xử lý. Dossiers of the period: carried over and new, finished and in progress.',
  })
  @Directive('@gather(by: SUM)')
  readonly received!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description:
      'Tiếp nhận từ kỳ trước chuyển sang, khi đó chưa xong. Received before the period and not ended before it.',
  })
  @Directive('@gather(by: SUM)')
  readonly carriedOver!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description:
      'Mới tiếp nhận trực tiếp (cả khi không ghi kênh). New, at the desk (also when no channel is written down).',
  })
  @Directive('@gather(by: SUM)')
  readonly receivedDirect!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Mới tiếp nhận qua mạng. New, online.',
  })
  @Directive('@gather(by: SUM)')
  readonly receivedOnline!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Mới tiếp nhận qua bưu chính. New, by post.',
  })
  @Directive('@gather(by: SUM)')
  readonly receivedPostal!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đã kết thúc đến cuối kỳ. Ended by the end of the period.',
  })
  @Directive('@gather(by: SUM)')
  readonly finished!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đã xong trước hạn. Ended before the due day.',
  })
  @Directive('@gather(by: SUM)')
  readonly finishedEarly!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đã xong đúng hạn. Ended on the due day.',
  })
  @Directive('@gather(by: SUM)')
  readonly finishedOnTime!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đã xong quá hạn. Ended after the due day.',
  })
  @Directive('@gather(by: SUM)')
  readonly finishedLate!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đã xong, chưa kết luận được. Ended, no result by this clock.',
  })
  @Directive('@gather(by: SUM)')
  readonly finishedUndetermined!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Chưa xong vào cuối kỳ. Unfinished at the end of the period.',
  })
  @Directive('@gather(by: SUM)')
  readonly inProgress!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đang xử lý trong hạn. Unfinished, not yet due.',
  })
  @Directive('@gather(by: SUM)')
  readonly inProgressWithin!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đang xử lý quá hạn. Unfinished and overdue.',
  })
  @Directive('@gather(by: SUM)')
  readonly inProgressOverdue!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Đang xử lý, chưa kết luận được. Unfinished, no result by this clock.',
  })
  @Directive('@gather(by: SUM)')
  readonly inProgressUndetermined!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'Tử số của tỷ lệ: xong trước và đúng hạn. Numerator of the rate: ended early or on time.',
  })
  @Directive('@gather(by: SUM)')
  readonly ratedOnTime!: number;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description:
      'Mẫu số của tỷ lệ: đã xong có kết luận; cách tính quốc gia thêm hồ sơ đang xử lý quá hạn. Denominator of the rate: ended with a result; the national clock adds those overdue.',
  })
  @Directive('@gather(by: SUM)')
  readonly rated!: number;

  @Field(() => Float, {
    nullable: true,
    simple: true,
    description:
      'Tỷ lệ đúng hạn, 0 đến 1; null khi không có hồ sơ để tính. Share on time, 0 to 1; null when nothing can be rated.',
  })
  @Directive('@gather(by: MEAN, sum: "ratedOnTime", weight: "rated")')
  readonly onTimeRate!: number | null;

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description:
      'Tổng số ngày làm việc từ tiếp nhận đến kết thúc của hồ sơ đã xong. Working days from receipt to end, over all finished dossiers.',
  })
  @Directive('@gather(by: SUM)')
  readonly workingDays!: number;

  @Field(() => Float, {
    nullable: true,
    simple: true,
    description: 'Số ngày làm việc trung bình của hồ sơ đã xong. Mean working days of a finished dossier.',
  })
  @Directive('@gather(by: MEAN, sum: "workingDays", weight: "finished")')
  readonly meanWorkingDays!: number | null;
}

export const FIGURE_NAMES = [
  ...COUNT_NAMES,
  'ratedOnTime',
  'rated',
  'onTimeRate',
  'meanWorkingDays',
] as const satisfies readonly (keyof PerformanceFigures)[];

/** Counts with what follows from them. The national rate also blames what is overdue and unfinished. */
export function toFigures(counts: PerformanceCounts, clock: DossierClock): PerformanceFigures {
  const ratedOnTime = counts.finishedEarly + counts.finishedOnTime;
  const overdue = clock === 'NATIONAL' ? counts.inProgressOverdue : 0;
  const rated = ratedOnTime + counts.finishedLate + overdue;
  return {
    ...counts,
    ratedOnTime,
    rated,
    onTimeRate: rated === 0 ? null : ratedOnTime / rated,
    meanWorkingDays: counts.finished === 0 ? null : counts.workingDays / counts.finished,
  };
}
