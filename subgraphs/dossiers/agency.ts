import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Agency', {
  simpleResolvers: true,
  description: 'Cơ quan hành chính. An administrative agency.',
})
@Directive('@key(fields: "code")')
@Directive('@shardBy(graph: "dossiers", key: "code", route: [AGENCY])')
export class Agency {
  @Field(() => ID, { description: 'Mã định danh chính thức. The canonical code.' })
  readonly code!: string;
}
