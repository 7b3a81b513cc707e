import { registerEnumType } from 'type-graphql';
import type { OnlineLevel as Level } from '../sources/catalogue/procedure-record';

export const OnlineLevel = { FULL: 'FULL', PARTIAL: 'PARTIAL' } as const satisfies Readonly<
  Record<Level, Level>
>;

registerEnumType(OnlineLevel, {
  name: 'OnlineLevel',
  description:
    'Mức độ dịch vụ công trực tuyến theo Nghị định 42/2022. The online service level of Decree 42/2022.',
  valuesConfig: {
    FULL: { description: 'Toàn trình. Everything is online.' },
    PARTIAL: { description: 'Một phần. Some of it is online.' },
  },
});
