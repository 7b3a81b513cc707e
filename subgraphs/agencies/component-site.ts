import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('ComponentSite', {
  simpleResolvers: true,
  description:
    'Trang thông tin điện tử thành phần trong cổng của tỉnh. A component site of the provincial portal: not the same thing as an agency with procedures.',
})
@Directive('@key(fields: "slug")')
export class ComponentSite {
  @Field(() => ID, { description: 'Nhãn của trang, đứng đầu tên miền. The first label of its host name.' })
  readonly slug!: string;

  @Field(() => Int, { description: 'Số thứ tự trong danh sách các trang. Its number in the list of sites.' })
  readonly number!: number;

  @Field(() => String, { description: 'Tên của trang. The name of the site.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Độ tin cậy của nhãn. How certain the label is.' })
  readonly certainty!: string | null;

  /** Not part of the schema. */
  readonly agencyCode!: string;
}
