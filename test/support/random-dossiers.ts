import { SAMPLE_PROCEDURES, sampleDossier, type SampleDossier } from './dossier-layouts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Dossiers of every kind, also those no careful system would have: missing dates, odd states. The same seed gives the same. */
export function randomDossiers(count: number, seed: number): readonly SampleDossier[] {
  const next = randomNumbers(seed);
  return Array.from({ length: count }, (_, i) => randomDossier(next, i));
}

type Random = () => number;

function randomDossier(next: Random, i: number): SampleDossier {
  const procedure = maybe(next, 0.9) ? pick(next, [...SAMPLE_PROCEDURES.keys()]) : null;
  const start =
    Date.parse('2024-03-01T00:00:00Z') + Math.floor(next() * 120) * DAY + Math.floor(next() * 12) * HOUR;
  const after = (days: number) => iso(start + Math.floor(next() * days * 24) * HOUR);
  const status = pick(next, [0, 1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10, null]);
  return sampleDossier({
    code: `H23.X01-240601-${String(i).padStart(4, '0')}`,
    aliases: maybe(next, 0.3) ? [`BN-${i}`] : [],
    procedure,
    field: procedure === null ? null : (SAMPLE_PROCEDURES.get(procedure) ?? null),
    receivingAgency: pick(next, ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04']),
    handlingAgency: maybe(next, 0.5) ? pick(next, ['H23.X01', 'H23.X02']) : null,
    status,
    channel: maybe(next, 0.95) ? pick(next, ['DIRECT', 'ONLINE', 'POSTAL']) : null,
    submittedAt: iso(start - HOUR),
    receivedAt: maybe(next, 0.9) ? iso(start) : null,
    dueAt: maybe(next, 0.85) ? after(30) : null,
    finishedAt: maybe(next, 0.5) ? after(30) : null,
    returnedAt: maybe(next, 0.4) ? after(35) : null,
    refusedAt: maybe(next, 0.1) ? after(20) : null,
    supplements: Array.from({ length: pick(next, [0, 0, 0, 1, 1, 2]) }, () => ({
      requestedAt: after(10),
      completedAt: maybe(next, 0.7) ? after(25) : null,
      dueBefore: maybe(next, 0.5) ? after(20) : null,
      dueAfter: maybe(next, 0.5) ? after(30) : null,
    })).toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1)),
    steps: [{ at: iso(start), status: 2, unit: 'Một cửa', dueAt: null }],
  });
}

/** A small generator of numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<Item>(next: Random, items: readonly Item[]): Item {
  return items[Math.floor(next() * items.length)] as Item; // The index is below the length.
}

function maybe(next: Random, share: number): boolean {
  return next() < share;
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
