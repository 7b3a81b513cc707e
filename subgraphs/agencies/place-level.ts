import { registerEnumType } from 'type-graphql';

export const PlaceLevel = { DISTRICT: 'DISTRICT', COMMUNE: 'COMMUNE' } as const;
export type PlaceLevel = keyof typeof PlaceLevel;

registerEnumType(PlaceLevel, {
  name: 'PlaceLevel',
  description: 'Cấp của đơn vị hành chính. The level of an administrative unit.',
  valuesConfig: {
    DISTRICT: { description: 'Cấp huyện, đến hết 2025-06-30. District, ended on 2025-06-30.' },
    COMMUNE: { description: 'Cấp xã: xã, phường, thị trấn. Commune, ward or township.' },
  },
});
