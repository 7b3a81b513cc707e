import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../federation/date-time-scalar';
import { DossierStatus } from './dossier-status';

@ObjectType('DossierStep', {
  simpleResolvers: true,
  description:
    'Một bước xử lý: lúc nào, đơn vị nào; không có tên người và nội dung. One step: when and which unit; no names, no content.',
})
export class DossierStep {
  @Field(() => DateTimeScalar, { description: 'Thời điểm. When.' })
  readonly at!: string;

  @Field(() => DossierStatus, {
    nullable: true,
    description: 'Trạng thái sau bước này. The status after it.',
  })
  readonly status!: DossierStatus | null;

  @Field(() => String, { nullable: true, description: 'Đơn vị, phòng ban. The unit.' })
  readonly unit!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Hạn của bước. When the step is due.' })
  readonly dueAt!: string | null;
}
