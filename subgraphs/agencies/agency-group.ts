import { registerEnumType } from 'type-graphql';

export const AgencyGroup = {
  SPECIALISED: 'SPECIALISED',
  LOCAL_GOVERNMENT: 'LOCAL_GOVERNMENT',
  ASSEMBLY: 'ASSEMBLY',
  SERVICE: 'SERVICE',
  VERTICAL: 'VERTICAL',
  MILITARY: 'MILITARY',
  JUDICIAL: 'JUDICIAL',
  MASS: 'MASS',
} as const;
export type AgencyGroup = keyof typeof AgencyGroup;

registerEnumType(AgencyGroup, {
  name: 'AgencyGroup',
  description: 'Nhóm cơ quan. The kind of body an agency is.',
  valuesConfig: {
    SPECIALISED: {
      description: 'Cơ quan chuyên môn: sở, ban, thanh tra, văn phòng. A department of the committee.',
    },
    LOCAL_GOVERNMENT: { description: 'Ủy ban nhân dân các cấp. A people’s committee.' },
    ASSEMBLY: {
      description: 'Hội đồng nhân dân và văn phòng của hội đồng. A people’s council or its office.',
    },
    SERVICE: { description: 'Đơn vị sự nghiệp công lập. A public service unit.' },
    VERTICAL: { description: 'Cơ quan ngành dọc của một bộ. A local body of a ministry.' },
    MILITARY: { description: 'Cơ quan quân sự. A military body.' },
    JUDICIAL: { description: 'Tòa án, viện kiểm sát. A court or procuracy.' },
    MASS: { description: 'Mặt trận và các đoàn thể. The Front and mass organisations.' },
  },
});
