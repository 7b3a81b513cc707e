import { Field, ObjectType } from 'type-graphql';
import type { Channel as ChannelName } from '../sources/catalogue/procedure-record';
import { Channel } from './channel';
import { FeeRange } from './fee-range';
import { ProcessingTime } from './processing-time';

@ObjectType('ProcedureChannel', {
  simpleResolvers: true,
  description: 'Một cách thức thực hiện thủ tục. One way to carry a procedure out.',
})
export class ProcedureChannel {
  @Field(() => Channel, { description: 'Kênh. The channel.' })
  readonly channel!: ChannelName;

  @Field(() => ProcessingTime, {
    nullable: true,
    description:
      'Thời hạn theo kênh này; null khi nguồn không ghi. Its time; null where the source has none.',
  })
  readonly time!: ProcessingTime | null;

  @Field(() => FeeRange, {
    nullable: true,
    description:
      'Khoảng phí chung cho mọi kênh: dữ liệu không tách theo kênh. The range over all channels: the data does not divide it by channel.',
  })
  readonly fee!: FeeRange | null;
}
