import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';
import { AgencyCodeEntry } from './agency-code-entry';
import { AgencyGroup } from './agency-group';
import { AgencyLevel } from './agency-level';

@ObjectType('Agency', {
  simpleResolvers: true,
  description:
    'Cơ quan, có thời gian hiệu lực: sở, ban, ngành, ủy ban nhân dân. A body of the province, valid for a time.',
})
@Directive('@key(fields: "code")')
export class Agency {
  @Field(() => ID, {
    description: 'Mã định danh theo Quyết định 20/2020. The code that stands for it everywhere.',
  })
  readonly code!: string;

  @Field(() => [AgencyCodeEntry], {
    description: 'Mọi mã, cả hai cách viết. All its codes, in every notation.',
  })
  readonly codes!: readonly AgencyCodeEntry[];

  @Field(() => String, { description: 'Tên cơ quan. The name in Vietnamese.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Tên tiếng Anh. The name in English.' })
  readonly nameEn!: string | null;

  @Field(() => AgencyLevel, { description: 'Cấp. The level.' })
  readonly level!: AgencyLevel;

  @Field(() => AgencyGroup, { nullable: true, description: 'Nhóm. The kind of body.' })
  readonly group!: AgencyGroup | null;

  @Field(() => Boolean, { description: 'Có thủ tục hành chính. It has administrative procedures.' })
  readonly hasProcedures!: boolean;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Ngày bắt đầu hiệu lực; null khi không rõ. First day of validity; null when not known.',
  })
  readonly validFrom!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Ngày bắt đầu như nguồn ghi, có thể chỉ có năm hoặc tháng (`1997`, `2019-01`). First day as the source writes it, perhaps only the year or month.',
  })
  readonly validFromWritten!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày hiệu lực cuối cùng; null khi còn hoạt động. Last day of validity; null while it goes on.',
  })
  readonly validTo!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Cơ quan cấp trên khi ở ngoài tỉnh (một bộ). The body above, when it is outside the province (a ministry).',
  })
  readonly outerParent!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Độ tin cậy của dữ liệu, như nguồn ghi. How certain the data is, as the source says.',
  })
  readonly certainty!: string | null;

  // What the links need; not part of the schema.

  /** The key of the data files, such as `stp`. */
  readonly key!: string;
  readonly parentCode!: string | null;
  /** The GSO code of the district a district committee governs. */
  readonly placeCode!: string | null;
  readonly nameWords!: readonly string[];
}
