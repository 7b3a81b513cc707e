import type { Channel, Dossier, DossierStatus } from './dossier';

/** Agencies whose rows this system holds. */
export const AGENCIES = ['H23.X04', 'H23.X05'] as const;

const PROCEDURES = [
  ['1.001193', 'Hộ tịch'],
  ['2.000635', 'Hộ tịch'],
  ['2.000815', 'Chứng thực'],
  [null, null],
] as const;
const CHANNELS: readonly (Channel | null)[] = ['DIRECT', 'ONLINE', 'POSTAL', 'ONLINE', null];
const COURSES: readonly { readonly status: DossierStatus | null; readonly endsAfterDays: number | null }[] = [
  { status: 'RESULT_RETURNED', endsAfterDays: 5 },
  { status: 'COMPLETED', endsAfterDays: 7 },
  { status: 'COMPLETED', endsAfterDays: 12 },
  { status: 'IN_PROGRESS', endsAfterDays: null },
  { status: 'NEWLY_REGISTERED', endsAfterDays: null },
  { status: 'NOT_ACCEPTED', endsAfterDays: 1 },
  { status: 'STOPPED', endsAfterDays: null },
  { status: null, endsAfterDays: null },
];

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.parse('2024-05-02T01:30:00.000Z');

/** A few dozen made-up dossiers of May and June 2024. Put your database in their place. */
export const SAMPLE_DOSSIERS: readonly Dossier[] = Array.from({ length: 48 }, (_, index) =>
  sampleDossier(index),
);

function sampleDossier(index: number): Dossier {
  const [procedure, field] = pick(PROCEDURES, index);
  const { status, endsAfterDays } = pick(COURSES, index);
  const receivingAgency = pick(AGENCIES, Math.floor(index / 2));
  const receivedMs = FIRST_DAY_MS + index * 1.2 * DAY_MS;
  const instant = (days: number) => new Date(receivedMs + days * DAY_MS).toISOString();
  const receivedAt = status === 'NEWLY_REGISTERED' ? null : instant(0);
  const end = endsAfterDays === null ? null : instant(endsAfterDays);
  const isRefused = status === 'NOT_ACCEPTED';
  const day = instant(0).slice(2, 10).replaceAll('-', '');
  return {
    code: `${receivingAgency}-${day}-${String(index + 1).padStart(4, '0')}`,
    aliases: index % 10 === 0 ? [`MC-${index + 1}`] : [],
    procedure,
    field,
    receivingAgency,
    handlingAgency: index % 7 === 0 ? 'H23.X04' : null,
    status,
    channel: pick(CHANNELS, index),
    submittedAt: instant(-0.5),
    receivedAt,
    dueAt: index % 9 === 8 ? null : instant(7),
    finishedAt: isRefused ? null : end,
    returnedAt: status === 'RESULT_RETURNED' ? instant(6) : null,
    refusedAt: isRefused ? end : null,
    isSynthetic: true,
  };
}

function pick<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value; // Every list here has values.
}
