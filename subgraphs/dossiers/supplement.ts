import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../federation/date-time-scalar';

@ObjectType('Supplement', {
  simpleResolvers: true,
  description:
    'Một lần yêu cầu bổ sung hồ sơ, không có nội dung. One request for a supplement, without its content.',
})
export class Supplement {
  @Field(() => DateTimeScalar, { description: 'Lúc yêu cầu. When it was requested.' })
  readonly requestedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Lúc tiếp nhận bổ sung; null khi còn chờ. When it came in; null while it is awaited.',
  })
  readonly completedAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Hẹn trả trước đó. The promised date before.' })
  readonly dueBefore!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Hẹn trả mới. The promised date after.' })
  readonly dueAfter!: string | null;
}
