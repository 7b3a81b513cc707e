import { registerEnumType } from 'type-graphql';
import type { Channel as SourceChannel } from '../sources/catalogue/procedure-record';

export const Channel = {
  DIRECT: 'DIRECT',
  ONLINE: 'ONLINE',
  POSTAL: 'POSTAL',
} as const satisfies Readonly<Record<SourceChannel, SourceChannel>>;

registerEnumType(Channel, {
  name: 'Channel',
  description: 'Kênh nộp hồ sơ và trả kết quả. The channel of submission and result.',
  valuesConfig: {
    DIRECT: { description: 'Trực tiếp (số quốc gia 1). In person (national number 1).' },
    ONLINE: { description: 'Trực tuyến (số quốc gia 2). Online (national number 2).' },
    POSTAL: { description: 'Bưu chính công ích (số quốc gia 3). Public postal service (national number 3).' },
  },
});
