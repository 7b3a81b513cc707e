/** A row as the stranger keeps it. Instants as `2024-06-28T03:00:00Z`. */
export interface StrangerRow {
  readonly code: string;
  readonly aliases: readonly string[];
  readonly procedure: string | null;
  readonly agency: string;
  readonly field: string | null;
  readonly status: number | null;
  readonly channel: string | null;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly isDeleted: boolean;
}

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

const STATUSES = [4, 10, 10, 2, 9, null, 4, 1, 10, 3, 8, 4, 0];
const CHANNELS = ['DIRECT', 'ONLINE', 'ONLINE', 'POSTAL', null];
const FIELDS = ['Đất đai', 'Hộ tịch', null, 'Đầu tư'];
const DAY_MS = 24 * 3_600_000;
const START_MS = Date.parse('2024-04-20T01:30:00Z');

/** Forty dossiers of three agencies: with ties, nulls, an end late in the evening, other codes, and four that are deleted. */
export const STRANGER_ROWS: readonly StrangerRow[] = Array.from({ length: 44 }, (_, i) => {
  const status = STATUSES[i % STATUSES.length] ?? null;
  // Three rows share each day of receipt.
  const receivedMs = START_MS + Math.floor(i / 3) * 4 * DAY_MS;
  const dueMs = receivedMs + (5 + (i % 4) * 3) * DAY_MS;
  const isEnded = status !== null && status >= 7;
  // 18:30 UTC is the next day in Việt Nam.
  const finishedMs = Math.floor(dueMs / DAY_MS) * DAY_MS - (i % 3) * DAY_MS + 18.5 * 3_600_000;
  return {
    code: `TD-${String((i * 37) % 100).padStart(3, '0')}`,
    aliases: i % 6 === 0 ? [`CU-${i}`] : [],
    procedure: i % 9 === 4 ? null : `1.00000${i % 3}`,
    agency: `H23.X1${i % 3}`,
    field: FIELDS[i % 4] ?? null,
    status,
    channel: CHANNELS[i % 5] ?? null,
    receivedAt: i % 11 === 10 ? null : iso(receivedMs),
    dueAt: i % 7 === 6 ? null : iso(dueMs),
    finishedAt: isEnded && i % 8 !== 1 ? iso(finishedMs) : null,
    isDeleted: i % 10 === 9,
  };
});

function iso(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
