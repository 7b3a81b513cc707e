import { z } from 'zod';
import { sortKey } from '../../../schema/vietnamese-text';
import type { Collection } from './collection';
import { reference } from './row-parts';

const time = z.object({ value: z.number(), unit: z.string().nullable() }).nullable();

const procedure = z.object({
  code: z.string(),
  hasLocalCode: z.boolean(),
  name: z.string(),
  field: z.string().nullable(),
  levels: z.array(z.string()),
  channels: z.array(z.object({ channel: z.string(), time })),
  time,
  fee: z.object({ minVnd: z.number(), maxVnd: z.number() }).nullable(),
  workingDays: z.number().nullable(),
  isOnlineAvailable: z.boolean().nullable(),
  agency: reference.nullable(),
  implementingAgencies: z.array(reference).nullable(),
  issues: z.array(z.object({ code: z.string(), detail: z.string() })),
});

export type SampledProcedure = z.infer<typeof procedure>;

export const PROCEDURE_COLLECTION: Collection<SampledProcedure> = {
  subgraph: 'procedures',
  field: 'procedures',
  one: 'procedure',
  entity: 'Procedure',
  filterType: 'ProcedureFilter',
  orderType: 'ProcedureOrder',
  orders: ['NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'CODE_DESC', 'MATCH_ASC'],
  defaultOrder: 'NAME_ASC',
  selection: `code hasLocalCode name field levels channels { channel time { value unit } } time { value unit } fee { minVnd maxVnd }
    workingDays isOnlineAvailable agency { code } implementingAgencies { code } issues { code detail }`,
  row: procedure,
  agencyOf: ({ agency }) => agency?.code ?? null,
  positionValue: ({ name, code }, order) => (order.startsWith('CODE') ? code : sortKey(name)),
  withinDays: () => null,
};
