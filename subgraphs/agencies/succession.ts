import { Field, ObjectType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';

@ObjectType('Succession', {
  simpleResolvers: true,
  description:
    'Một chức năng chuyển từ cơ quan này sang cơ quan khác. A function passed from one body to another: an agency may have several successors, each for a part.',
})
export class Succession {
  @Field(() => String, {
    description:
      'Tên cơ quan bên kia, cả khi cơ quan đó không có trong dữ liệu. Name of the other body, also when it is no agency here.',
  })
  readonly name!: string;

  @Field(() => DateScalar, { description: 'Ngày chuyển. The first day under the successor.' })
  readonly effectiveDate!: string;

  @Field(() => String, {
    description: 'Chức năng được chuyển, như nguồn ghi. The function passed on, as the source says.',
  })
  readonly functionScope!: string;

  @Field(() => String, { nullable: true, description: 'Căn cứ. What it rests on.' })
  readonly basis!: string | null;

  @Field(() => String, { nullable: true, description: 'Độ tin cậy. How certain it is.' })
  readonly certainty!: string | null;

  /** Of the other body; not part of the schema. */
  readonly agencyCode!: string | null;
}
