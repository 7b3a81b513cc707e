import { registerEnumType } from 'type-graphql';

export const Channel = { DIRECT: 'DIRECT', ONLINE: 'ONLINE', POSTAL: 'POSTAL' } as const;
export type Channel = keyof typeof Channel;

registerEnumType(Channel, {
  name: 'Channel',
  description: 'Kênh thực hiện. The way a dossier is handed in.',
  valuesConfig: {
    DIRECT: { description: 'Trực tiếp. At the desk.' },
    ONLINE: { description: 'Trực tuyến. Online.' },
    POSTAL: { description: 'Bưu chính công ích. By the public postal service.' },
  },
});
