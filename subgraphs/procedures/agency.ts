import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Agency', {
  simpleResolvers: true,
  description: 'Cơ quan công bố hoặc thực hiện thủ tục. An agency that publishes or carries out procedures.',
})
@Directive('@key(fields: "code")')
@Directive('@shardBy(graph: "procedures", key: "code", route: [AGENCY])')
export class Agency {
  @Field(() => ID, { description: 'Mã định danh. The code that stands for it everywhere.' })
  readonly code!: string;
}
