import { Field, ID, InputType } from 'type-graphql';
import { AgencyGroup } from './agency-group';
import { AgencyLevel } from './agency-level';

@InputType('AgencyFilter', {
  description: 'Điều kiện lọc cơ quan; mọi điều kiện phải đúng. Which agencies; all conditions must hold.',
})
export class AgencyFilter {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Đúng các mã này, theo cách viết nào cũng được; null là tất cả, [] là không có. Exactly these codes, in either notation; null is all, [] is none.',
  })
  readonly codes?: readonly string[] | null;

  @Field(() => AgencyLevel, { nullable: true, description: 'Cấp. The level.' })
  readonly level?: AgencyLevel | null;

  @Field(() => AgencyGroup, { nullable: true, description: 'Nhóm. The kind of body.' })
  readonly group?: AgencyGroup | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Tìm trong tên, không cần dấu: mỗi từ là phần đầu của một từ trong tên. Search in the names, accents not needed: each word starts a word of the name.',
  })
  readonly text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Có thủ tục hành chính. It has procedures.' })
  readonly hasProcedures?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Có trang thông tin điện tử thành phần. It has a component site.',
  })
  readonly hasSite?: boolean | null;
}
