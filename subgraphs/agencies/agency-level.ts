import { registerEnumType } from 'type-graphql';

export const AgencyLevel = { PROVINCE: 'PROVINCE', DISTRICT: 'DISTRICT', COMMUNE: 'COMMUNE' } as const;
export type AgencyLevel = keyof typeof AgencyLevel;

registerEnumType(AgencyLevel, {
  name: 'AgencyLevel',
  description: 'Cấp của cơ quan. The level of an agency.',
  valuesConfig: {
    PROVINCE: { description: 'Cấp tỉnh, thành phố trực thuộc trung ương. Province or centrally run city.' },
    DISTRICT: { description: 'Cấp huyện, đến hết 2025-06-30. District, ended on 2025-06-30.' },
    COMMUNE: { description: 'Cấp xã. Commune.' },
  },
});
