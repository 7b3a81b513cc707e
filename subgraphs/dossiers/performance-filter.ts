import { Field, InputType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';
import { Channel } from './channel';
import { DossierScopeFilter } from './dossier-scope-filter';

@InputType('PerformanceFilter', {
  description: 'Phạm vi và kỳ thống kê. Which dossiers and which period the figures are of.',
})
export class PerformanceFilter extends DossierScopeFilter {
  @Field(() => [Channel], { nullable: true, description: 'Kênh nộp. Channels.' })
  readonly channel?: readonly Channel[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Ngày đầu kỳ; null là từ đầu. First day of the period; null is since the beginning.',
  })
  readonly from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày cuối kỳ, tính cả ngày này; null là đến bây giờ. Last day of the period; null is until now.',
  })
  readonly to?: string | null;
}
