import { z } from 'zod';
import type { Collection } from './collection';
import { reference } from './row-parts';

/** In the order of the national numbers, 0 to 10. */
export const STATUS_NAMES = [
  'IN_TRANSFER',
  'NEWLY_REGISTERED',
  'RECEIVED',
  'NOT_ACCEPTED',
  'IN_PROGRESS',
  'SUPPLEMENT_REQUESTED',
  'FINANCIAL_OBLIGATION',
  'WITHDRAWN',
  'STOPPED',
  'COMPLETED',
  'RESULT_RETURNED',
];

/** `2024-06-28T03:00:00Z`, as the DateTime of the contract is written. */
const instant = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
    'must be an instant in UTC such as 2024-06-28T03:00:00Z',
  );
const verdict = z.object({ result: z.string().nullable(), reason: z.string().nullable() }).nullable();

const dossier = z.object({
  code: z.string(),
  aliases: z.array(z.string()),
  procedure: reference.nullable(),
  receivingAgency: reference.nullable(),
  handlingAgency: reference.nullable(),
  field: z.string().nullable(),
  status: z.string().nullable(),
  statusNumber: z.number().int().min(0).max(10).nullable(),
  channel: z.enum(['DIRECT', 'ONLINE', 'POSTAL']).nullable(),
  submittedAt: instant.nullable(),
  receivedAt: instant.nullable(),
  dueAt: instant.nullable(),
  finishedAt: instant.nullable(),
  returnedAt: instant.nullable(),
  refusedAt: instant.nullable(),
  supplements: z
    .array(
      z.object({
        requestedAt: instant,
        completedAt: instant.nullable(),
        dueBefore: instant.nullable(),
        dueAfter: instant.nullable(),
      }),
    )
    .nullable(),
  steps: z.array(z.object({ at: instant, status: z.string().nullable() })).nullable(),
  local: verdict,
  national: verdict,
});

export type SampledDossier = z.infer<typeof dossier>;

export const DOSSIER_COLLECTION: Collection<SampledDossier> = {
  subgraph: 'dossiers',
  field: 'dossiers',
  one: 'dossier',
  entity: 'Dossier',
  filterType: 'DossierFilter',
  orderType: 'DossierOrder',
  orders: ['RECEIVED_DESC', 'RECEIVED_ASC', 'DUE_ASC', 'DUE_DESC'],
  defaultOrder: 'RECEIVED_DESC',
  selection: `code aliases procedure { code } receivingAgency { code } handlingAgency { code } field status statusNumber channel
    submittedAt receivedAt dueAt finishedAt returnedAt refusedAt
    supplements { requestedAt completedAt dueBefore dueAfter } steps { at status }
    local: timeliness { result reason } national: timeliness(clock: NATIONAL) { result reason }`,
  row: dossier,
  agencyOf: ({ receivingAgency }) => receivingAgency?.code ?? null,
  positionValue: ({ receivedAt, dueAt }, order) =>
    inCursor(order.startsWith('RECEIVED') ? receivedAt : dueAt),
  withinDays: (receivedFrom, receivedTo) => ({ receivedFrom, receivedTo }),
};

/** With milliseconds, always: cursors of different systems compare as text. */
function inCursor(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
