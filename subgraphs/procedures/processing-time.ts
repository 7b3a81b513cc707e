import { Field, Float, ObjectType } from 'type-graphql';
import { TimeUnit } from './time-unit';

@ObjectType('ProcessingTime', {
  simpleResolvers: true,
  description: 'Thời hạn giải quyết như nguồn ghi. A processing time as the source gives it.',
})
export class ProcessingTime {
  @Field(() => Float, { description: 'Con số. The number.' })
  readonly value!: number;

  @Field(() => TimeUnit, {
    nullable: true,
    description:
      'Đơn vị; null khi nguồn không ghi (xem UNIT_MISSING). The unit; null where the source has none (see UNIT_MISSING).',
  })
  readonly unit!: TimeUnit | null;
}
