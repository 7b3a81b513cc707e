import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  OnlineLevel as OnlineLevelName,
  ProcedureLevel as LevelName,
} from '../sources/catalogue/procedure-record';
import { Agency } from './agency';
import { FeeRange } from './fee-range';
import { OnlineLevel } from './online-level';
import { ProcedureChannel } from './procedure-channel';
import { ProcedureIssue } from './procedure-issue';
import { ProcedureLevel } from './procedure-level';
import { ProcessingTime } from './processing-time';

@ObjectType('Procedure', {
  simpleResolvers: true,
  description:
    'Thủ tục hành chính như cơ quan công bố; dữ liệu quốc gia được giữ nguyên, điều chưa sạch nằm ở `issues`. An administrative procedure as its agency publishes it; national data stays as it is, and what is not clean is in `issues`.',
})
@Directive('@key(fields: "code")')
@Directive('@shardBy(graph: "procedures", key: "code", route: [INDEX, SCATTER])')
export class Procedure {
  @Field(() => ID, {
    description:
      'Mã thủ tục: mã quốc gia, hoặc mã địa phương khi nguồn không có. The national code, or a local one where the source has none.',
  })
  readonly code!: string;

  @Field(() => Boolean, {
    description: 'Mã do địa phương đặt (`H23-LOCAL-0001`). The code is local (`H23-LOCAL-0001`).',
  })
  readonly hasLocalCode!: boolean;

  @Field(() => String, { description: 'Tên thủ tục, như nguồn ghi. The name as the source writes it.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Lĩnh vực. The field of work.' })
  readonly field!: string | null;

  @Field(() => [ProcedureLevel], {
    description:
      'Các cấp thực hiện, theo thứ tự của nguồn. The levels that carry it out, in the order of the source.',
  })
  readonly levels!: readonly LevelName[];

  @Field(() => Boolean, {
    description:
      'Chỉ một trong các `levels`, nguồn không nói là cấp nào ("huyện/xã"). One of `levels` only; the source does not say which.',
  })
  readonly isEitherLevel!: boolean;

  @Field(() => [ProcedureChannel], {
    description:
      'Cách thức thực hiện; rỗng khi nguồn không ghi. Its channels; empty where the source has none.',
  })
  readonly channels!: readonly ProcedureChannel[];

  @Field(() => ProcessingTime, {
    nullable: true,
    description:
      'Thời hạn: của kênh trực tiếp, nếu không thì của kênh đầu tiên. The time: of the direct channel, else of the first one.',
  })
  readonly time!: ProcessingTime | null;

  @Field(() => FeeRange, {
    nullable: true,
    description: 'Khoảng phí, lệ phí của mọi kênh. The fees over all channels.',
  })
  readonly fee!: FeeRange | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Số ngày làm việc, chỉ khi nguồn ghi "ngày làm việc". Working days, only where the source says working days.',
  })
  readonly workingDays!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Nguồn có kênh trực tuyến; null khi nguồn không ghi. The source lists an online channel; null where it is silent.',
  })
  readonly isOnlineAvailable!: boolean | null;

  @Field(() => OnlineLevel, {
    nullable: true,
    description:
      'Mức độ trực tuyến; null khi nguồn không ghi. The online level; null where the source has none.',
  })
  readonly onlineLevel!: OnlineLevelName | null;

  @Field(() => [String], { description: 'Căn cứ pháp lý. The legal basis.' })
  readonly legalBasis!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Quyết định công bố. The announcing decision.' })
  readonly decision!: string | null;

  @Field(() => String, { nullable: true, description: 'Kết quả thực hiện. The result.' })
  readonly result!: string | null;

  @Field(() => String, { nullable: true, description: 'Đối tượng thực hiện. Who may apply.' })
  readonly applicants!: string | null;

  @Field(() => Agency, {
    nullable: true,
    description: 'Cơ quan công bố vào ngày được hỏi. The agency that publishes it on the day asked for.',
  })
  readonly agency!: Agency | null;

  @Field(() => [Agency], {
    nullable: true,
    description:
      'Các cơ quan thực hiện khi khác cơ quan công bố; rỗng khi chính cơ quan công bố thực hiện. The agencies that carry it out when it is not the publishing one; empty when it is.',
  })
  readonly implementingAgencies!: readonly Agency[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Cơ quan thực hiện như dữ liệu quốc gia ghi; có thể là cơ quan của tỉnh khác. The executing agency as the national data writes it; often one of another province.',
  })
  readonly performingAgencyInSource!: string | null;

  @Field(() => [ProcedureIssue], {
    description: 'Điều chưa sạch trong dữ liệu của thủ tục. What is not clean in its data.',
  })
  readonly issues!: readonly ProcedureIssue[];

  @Field(() => String, { nullable: true, description: 'Thời kỳ của dữ liệu. The time the data is of.' })
  readonly era!: string | null;

  @Field(() => String, { nullable: true, description: 'Nguồn dữ liệu. Where the data is from.' })
  readonly source!: string | null;

  @Field(() => String, { nullable: true, description: 'Độ chắc chắn của dữ liệu. How certain the data is.' })
  readonly certainty!: string | null;
}
