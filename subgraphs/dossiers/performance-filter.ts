import { Directive, Field, ID, InputType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';
import { Channel } from './channel';

@InputType('PerformanceFilter', {
  description: 'Phạm vi và kỳ thống kê. Which dossiers and which period the figures are of.',
})
export class PerformanceFilter {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Mã cơ quan tiếp nhận, đúng các mã này; null là tất cả, [] là không có. Codes of receiving agencies, exactly these; null is all, [] is none.',
  })
  @Directive('@shardArg(route: AGENCY)')
  readonly agencies?: readonly string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Thêm mọi cơ quan cấp dưới. With every agency below.',
  })
  readonly includeChildren?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Thêm các cơ quan tiền thân. With the agencies they took over from.',
  })
  readonly includePredecessors?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Mã thủ tục. Codes of procedures.' })
  readonly procedures?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'Lĩnh vực, đúng như được ghi. Fields, as written.' })
  readonly fields?: readonly string[] | null;

  @Field(() => [Channel], { nullable: true, description: 'Kênh nộp. Channels.' })
  readonly channel?: readonly Channel[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Ngày đầu kỳ; null là từ đầu. First day of the period; null is since the beginning.',
  })
  readonly from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày cuối kỳ, tính cả ngày này; null là đến bây giờ. Last day of the period; null is until now.',
  })
  readonly to?: string | null;
}
