import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Procedure', {
  simpleResolvers: true,
  description: 'Thủ tục hành chính. An administrative procedure.',
})
@Directive('@key(fields: "code")')
@Directive('@shardBy(graph: "dossiers", key: "code", route: [SCATTER])')
export class Procedure {
  @Field(() => ID, { description: 'Mã thủ tục. The code of the procedure.' })
  readonly code!: string;
}
