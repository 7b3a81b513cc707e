import type { PerformanceCounts, PerformanceQuery, PerformanceRow } from '../dossiers/dossier-query';
import { endOfDay, startOfDay } from '../sql/local-clock';
import {
  CHANNEL,
  dayOfSeconds,
  FAR,
  type FigureDay,
  IS_OVER,
  NONE,
  rowsOpenAt,
  secondsOfDay,
  SUPPLEMENT_WIDTH,
} from './figure-day';
import type { FigureKeys } from './figure-keys';
import type { WorkingDays } from './working-days';

/** What is counted of a pair of keys: how the dossiers came, where they stand, and the days worked on them; each its place among them. */
const CARRIED = 0;
const DIRECT = 1;
const ONLINE = 2;
const POSTAL = 3;
const EARLY = 4;
const ON_TIME = 5;
const LATE = 6;
const ENDED_UNKNOWN = 7;
const WITHIN = 8;
const OVERDUE = 9;
const OPEN_UNKNOWN = 10;
const DAYS = 11;
const WIDTH = 12;

/** More pairs than that are for the database to count. */
const MOST_PAIRS = 400_000;
/** Dossiers that are judged between two turns of the loop. */
const ROWS_A_TURN = 400_000;

export interface CountedFigures {
  /** By day of receipt, in order. */
  readonly days: readonly FigureDay[];
  readonly keys: FigureKeys;
  /** Kinds of keys that this system has none of. */
  readonly keeps: Readonly<Record<'channel' | 'procedure' | 'field' | 'supplements', boolean>>;
  readonly workingDays: WorkingDays;
}

/** The figures of a query, one pass over its days; null when there are too many pairs of keys. Same answers as readPerformance. */
export async function countFigures(
  figures: CountedFigures,
  query: PerformanceQuery,
  turn: () => Promise<void>,
): Promise<readonly PerformanceRow[] | null> {
  const split = createKey(figures, query.splitBy);
  const group = createKey(figures, query.groupBy);
  const pairs = split.ours.length * group.ours.length;
  if (pairs > MOST_PAIRS) return null;
  const counts = new Float64Array(pairs * WIDTH);
  const period = periodOf(query);
  const pass = createPass(figures, query, period, { split, group, counts });
  let sinceTurn = 0;
  for (const day of figures.days) {
    if (secondsOfDay(day.day) > period.at) break;
    pass(day);
    sinceTurn += day.rows;
    if (sinceTurn < ROWS_A_TURN) continue;
    sinceTurn = 0;
    await turn();
  }
  return readRows(split, group, counts);
}

/** In seconds and days since 1970. The first instant of `from` is of a day, so a day is carried over as a whole or not at all. */
interface Period {
  readonly fromDay: number;
  readonly at: number;
}

export function periodOf({ from, to, now }: Pick<PerformanceQuery, 'from' | 'to' | 'now'>): Period {
  const nowMs = Date.parse(now);
  const atMs = to === null ? nowMs : Math.min(nowMs, endOfDay(to) - 1);
  return {
    fromDay: from === null ? -Infinity : dayOfSeconds(startOfDay(from) / 1000),
    at: Math.floor(atMs / 1000),
  };
}

/** What a row is counted under: its number in a column, or the month of its day. */
interface Key {
  readonly column: 'agency' | 'procedure' | 'field' | 'channel' | null;
  /** By the number of a value in the column, a place in `ours`. */
  readonly places: Int32Array;
  readonly ours: readonly (string | null)[];
  readonly monthOf: ((day: number) => number) | null;
  readonly isOne: boolean;
}

const ONE: Key = { column: null, places: new Int32Array(1), ours: [null], monthOf: null, isOne: true };

function createKey({ days, keys, keeps }: CountedFigures, name: PerformanceQuery['groupBy']): Key {
  if (name === null) return ONE;
  if (name === 'month') return createMonths(days);
  if (name !== 'agency' && !keeps[name]) return ONE;
  const values = keys[name];
  const ours = [...new Set(values)];
  const placeOf = new Map(ours.map((value, i) => [value, i]));
  const places = Int32Array.from(values, (value) => placeOf.get(value) ?? 0);
  return { column: name, places, ours, monthOf: null, isOne: false };
}

function createMonths(days: readonly FigureDay[]): Key {
  const ours: string[] = [];
  const places = new Map<number, number>();
  for (const { day } of days) {
    const month = new Date(day * 86_400_000).toISOString().slice(0, 7);
    if (ours.at(-1) !== month) ours.push(month);
    places.set(day, ours.length - 1);
  }
  const monthOf = (day: number) => places.get(day) ?? 0;
  return { column: null, places: new Int32Array(1), ours, monthOf, isOne: false };
}

/** By the number of a value, whether the criteria let it in; null where they do not ask. */
function admitted(
  values: readonly (string | null)[],
  wanted: readonly string[] | null | undefined,
  isKept: boolean,
): Uint8Array | null {
  if (wanted === null || wanted === undefined) return null;
  const known = new Set<string | null>(wanted.filter((value) => value !== ''));
  return Uint8Array.from(values, (value) => (isKept && value !== null && known.has(value) ? 1 : 0));
}

interface Tally {
  readonly split: Key;
  readonly group: Key;
  readonly counts: Float64Array;
}

/** Counts one day. Written for the machine: nothing is made for a row. */
function createPass(
  { keys, keeps, workingDays }: CountedFigures,
  { criteria, clock }: PerformanceQuery,
  { fromDay, at }: Period,
  { split, group, counts }: Tally,
): (day: FigureDay) => void {
  const agencies = admitted(keys.agency, criteria.agencies, true);
  const procedures = admitted(keys.procedure, criteria.procedures, keeps.procedure);
  const fields = admitted(keys.field, criteria.fields, keeps.field);
  const channels = admitted(keys.channel, criteria.channels, keeps.channel);
  const entries = Uint8Array.from(keys.channel, (channel) =>
    channel === 'ONLINE' ? ONLINE : channel === 'POSTAL' ? POSTAL : DIRECT,
  );
  const today = dayOfSeconds(at);
  const isNational = clock === 'NATIONAL';
  const isUnjudged = isNational && !keeps.supplements;
  const groups = group.ours.length;
  return (figures) => {
    const { day, agency, procedure, field, channel, received, due, supplemented } = figures;
    const start = secondsOfDay(day);
    const isCarried = day < fromDay;
    const isLastDay = day === today;
    const byDay = (split.monthOf?.(day) ?? 0) * groups + (group.monthOf?.(day) ?? 0);
    const columnOf = ({ column }: Key) =>
      column === null ? null : { agency, procedure, field, channel }[column];
    const [splitColumn, groupColumn] = [columnOf(split), columnOf(group)];
    const receivedNumber = workingDays.numberOf(day);
    let nextSupplement = 0;
    const rows = isCarried ? rowsOpenAt(figures, secondsOfDay(fromDay)) : figures.rows;
    for (let i = 0; i < rows; i += 1) {
      if (agencies !== null && agencies[agency[i]!] === 0) continue;
      if (procedures !== null && procedures[procedure[i]!] === 0) continue;
      if (fields !== null && fields[field[i]!] === 0) continue;
      const channelAndState = channel[i]!;
      const channelNumber = channelAndState & CHANNEL;
      if (channels !== null && channels[channelNumber] === 0) continue;
      if (isLastDay && start + received[i]! > at) continue;
      const since = figures.end[i]!;
      const isEndKnown = since !== NONE;
      const end = !isEndKnown ? 0 : start + (since === FAR ? figures.farEnds.get(i)! : since);
      const isEnded = isEndKnown && end <= at;
      const isEndUnknown = !isEndKnown && (channelAndState & IS_OVER) !== 0;
      const endDay = isEnded ? dayOfSeconds(end) : 0;

      const splitNumber =
        splitColumn === null ? 0 : splitColumn === channel ? channelNumber : splitColumn[i]!;
      const groupNumber =
        groupColumn === null ? 0 : groupColumn === channel ? channelNumber : groupColumn[i]!;
      const pair = byDay + split.places[splitNumber]! * groups + group.places[groupNumber]!;
      const cell = pair * WIDTH;
      counts[cell + (isCarried ? CARRIED : entries[channelNumber]!)]! += 1;
      if (isEnded) counts[cell + DAYS]! += workingDays.numberOf(endDay) - receivedNumber;

      let dueDay = due[i]!;
      let outcome: number = isEnded || isEndUnknown ? ENDED_UNKNOWN : OPEN_UNKNOWN;
      let judgedDay = isEnded ? endDay : today;
      let isDecided = isEndUnknown || isUnjudged;
      if (isNational && !isDecided) {
        while (nextSupplement < supplemented.length && supplemented[nextSupplement]! < i) nextSupplement += 1;
        if (supplemented[nextSupplement] === i) {
          const place = nextSupplement * SUPPLEMENT_WIDTH;
          const requested = figures.supplements[place]!;
          if (figures.supplements[place + 1]! <= at) {
            outcome = isEnded ? LATE : OVERDUE;
            isDecided = true;
          } else if (requested <= at) {
            const completed = figures.supplements[place + 2]!;
            const dueBefore = figures.supplements[place + 3]!;
            if (dueBefore !== Infinity) dueDay = dueBefore;
            const isCompleted = completed <= at;
            if (isEnded) {
              const waitedTo = isCompleted && completed < end ? completed : end;
              judgedDay = dayOfSeconds(end - Math.max(0, waitedTo - requested));
            } else if (!isCompleted) judgedDay = dayOfSeconds(requested);
            else judgedDay = dayOfSeconds(at - Math.max(0, completed - requested));
          }
        }
      }
      if (!isDecided && dueDay !== NONE) {
        if (!isEnded) outcome = judgedDay <= dueDay ? WITHIN : OVERDUE;
        else outcome = judgedDay < dueDay ? EARLY : judgedDay === dueDay ? ON_TIME : LATE;
      }
      counts[cell + outcome]! += 1;
    }
  };
}

/** Pairs that have a dossier; where nothing splits or groups, the only one as well when it has none. */
function readRows(split: Key, group: Key, counts: Float64Array): readonly PerformanceRow[] {
  const rows: PerformanceRow[] = [];
  for (const [i, splitKey] of split.ours.entries()) {
    for (const [j, groupKey] of group.ours.entries()) {
      const cell = (i * group.ours.length + j) * WIDTH;
      const read = readCounts(counts.subarray(cell, cell + WIDTH));
      if (read.received > 0 || (split.isOne && group.isOne)) {
        rows.push({ split: splitKey, key: groupKey, counts: read });
      }
    }
  }
  return rows;
}

function readCounts(cell: Float64Array): PerformanceCounts {
  const at = (counter: number) => cell[counter] ?? 0;
  const finished = at(EARLY) + at(ON_TIME) + at(LATE) + at(ENDED_UNKNOWN);
  return {
    received: at(CARRIED) + at(DIRECT) + at(ONLINE) + at(POSTAL),
    carriedOver: at(CARRIED),
    receivedDirect: at(DIRECT),
    receivedOnline: at(ONLINE),
    receivedPostal: at(POSTAL),
    finished,
    finishedEarly: at(EARLY),
    finishedOnTime: at(ON_TIME),
    finishedLate: at(LATE),
    finishedUndetermined: at(ENDED_UNKNOWN),
    inProgress: at(WITHIN) + at(OVERDUE) + at(OPEN_UNKNOWN),
    inProgressWithin: at(WITHIN),
    inProgressOverdue: at(OVERDUE),
    inProgressUndetermined: at(OPEN_UNKNOWN),
    workingDays: at(DAYS),
  };
}
