import { ArgsType, Field } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';

@ArgsType()
export class AsOfArgs {
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày xét hiệu lực; mặc định là ngày của yêu cầu. The day validity is asked for; the day of the request by default.',
  })
  readonly asOf?: string | null;
}
