import { ArgsType, Directive, Field, ID } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';

@ArgsType()
export class ProcedureArgs {
  @Field(() => ID, {
    description:
      'Mã như công bố; nhận cả dạng của tỉnh `1.001193.000.00.00.H23`. The code as published; the provincial form `1.001193.000.00.00.H23` is also taken.',
  })
  @Directive('@shardArg(route: INDEX)')
  readonly code!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày xét thẩm quyền; mặc định là ngày của yêu cầu. The day competence is asked for; the day of the request by default.',
  })
  readonly asOf?: string | null;
}
