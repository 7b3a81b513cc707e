import { Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../federation/page-info';
import { Procedure } from './procedure';

@ObjectType('ProcedureEdge', {
  simpleResolvers: true,
  description: 'Một dòng của trang và vị trí của nó. A row of a page and where it stands.',
})
export class ProcedureEdge {
  @Field(() => String, {
    description: 'Vị trí, dùng cho `after`. Its position, for `after`.',
  })
  readonly cursor!: string;

  @Field(() => Procedure, { description: 'Thủ tục. The procedure.' })
  readonly node!: Procedure;
}

@ObjectType('ProcedureConnection', {
  simpleResolvers: true,
  description: 'Một trang thủ tục. A page of procedures.',
})
export class ProcedureConnection {
  @Field(() => [ProcedureEdge], { description: 'Các dòng của trang. The rows of the page.' })
  readonly edges!: readonly ProcedureEdge[];

  @Field(() => PageInfo, { description: 'Trang đứng ở đâu. Where the page stands.' })
  readonly pageInfo!: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description:
      'Số thủ tục thỏa điều kiện, chỉ đếm khi được hỏi. How many procedures match; counted only when asked for.',
  })
  readonly totalCount?: number | null;
}
