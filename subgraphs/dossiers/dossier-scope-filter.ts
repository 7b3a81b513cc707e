import { Directive, Field, ID, InputType } from 'type-graphql';

/** What pages and figures choose alike. */
@InputType()
export abstract class DossierScopeFilter {
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
}
