import { registerEnumType } from 'type-graphql';
import type { ProcedureLevel as Level } from '../sources/catalogue/procedure-record';

export const ProcedureLevel = {
  MINISTRY: 'MINISTRY',
  PROVINCE: 'PROVINCE',
  DISTRICT: 'DISTRICT',
  COMMUNE: 'COMMUNE',
  OTHER: 'OTHER',
} as const satisfies Readonly<Record<Level, Level>>;

registerEnumType(ProcedureLevel, {
  name: 'ProcedureLevel',
  description: 'Cấp thực hiện của thủ tục. The level at which a procedure is carried out.',
  valuesConfig: {
    MINISTRY: { description: 'Cấp bộ. Ministry.' },
    PROVINCE: { description: 'Cấp tỉnh. Province.' },
    DISTRICT: { description: 'Cấp huyện, đến hết 2025-06-30. District, ended on 2025-06-30.' },
    COMMUNE: { description: 'Cấp xã. Commune.' },
    OTHER: { description: 'Cơ quan khác. Another body.' },
  },
});
