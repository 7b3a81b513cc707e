import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('FeeRange', {
  simpleResolvers: true,
  description:
    'Khoảng phí, lệ phí như nguồn ghi, không sửa (xem FEE_SUSPECTED_DECIMAL). A range of fees as in the source, never corrected (see FEE_SUSPECTED_DECIMAL).',
})
export class FeeRange {
  @Field(() => Int, { description: 'Thấp nhất, đồng. The lowest, in VND.' })
  readonly minVnd!: number;

  @Field(() => Int, { description: 'Cao nhất, đồng. The highest, in VND.' })
  readonly maxVnd!: number;
}
