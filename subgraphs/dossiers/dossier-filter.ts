import { Field, InputType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';
import type { TimelinessVerdict } from '../sources/dossiers/dossier-query';
import { Channel } from './channel';
import { DossierScopeFilter } from './dossier-scope-filter';
import { DossierStatus } from './dossier-status';
import { TimelinessResult } from './timeliness';

@InputType('DossierFilter', {
  description: 'Điều kiện lọc hồ sơ; mọi điều kiện phải đúng. Which dossiers; all conditions must hold.',
})
export class DossierFilter extends DossierScopeFilter {
  @Field(() => [DossierStatus], { nullable: true, description: 'Trạng thái. Statuses.' })
  readonly status?: readonly DossierStatus[] | null;

  @Field(() => [TimelinessResult], {
    nullable: true,
    description: 'Đúng hạn theo cách tính của tỉnh. Against the local clock.',
  })
  readonly timeliness?: readonly TimelinessVerdict[] | null;

  @Field(() => [Channel], { nullable: true, description: 'Kênh nộp. Channels.' })
  readonly channel?: readonly Channel[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Tiếp nhận từ ngày này. Received on this day or later.',
  })
  readonly receivedFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Tiếp nhận đến hết ngày này. Received on this day or earlier.',
  })
  readonly receivedTo?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Hẹn trả từ ngày này. Due on this day or later.' })
  readonly dueFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Hẹn trả đến hết ngày này. Due on this day or earlier.',
  })
  readonly dueTo?: string | null;
}
