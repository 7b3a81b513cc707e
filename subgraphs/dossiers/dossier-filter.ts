import { Directive, Field, ID, InputType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';
import type { TimelinessVerdict } from '../sources/dossier-query';
import { Channel } from './channel';
import { DossierStatus } from './dossier-status';
import { TimelinessResult } from './timeliness';

@InputType('DossierFilter', {
  description: 'Điều kiện lọc hồ sơ; mọi điều kiện phải đúng. Which dossiers; all conditions must hold.',
})
export class DossierFilter {
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

  @Field(() => [DossierStatus], { nullable: true, description: 'Trạng thái. Statuses.' })
  readonly status?: readonly DossierStatus[] | null;

  @Field(() => [TimelinessResult], {
    nullable: true,
    description: 'Đúng hạn theo cách tính của tỉnh. Against the local clock.',
  })
  readonly timeliness?: readonly TimelinessVerdict[] | null;

  @Field(() => [Channel], { nullable: true, description: 'Kênh nộp. Channels.' })
  readonly channel?: readonly Channel[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Tiếp nhận từ ngày này. Received on this day or later.',
  })
  readonly receivedFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Tiếp nhận đến hết ngày này. Received on this day or earlier.',
  })
  readonly receivedTo?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Hẹn trả từ ngày này. Due on this day or later.' })
  readonly dueFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Hẹn trả đến hết ngày này. Due on this day or earlier.',
  })
  readonly dueTo?: string | null;
}
