/** No date. */
export const NONE = -2_147_483_648;
/** An end that is too far from the day of receipt for its column; it is in `farEnds`. */
export const FAR = -2_147_483_647;

const LOCAL_OFFSET_S = 7 * 3600;
const DAY_S = 86_400;
/** Of the byte of channel and state. */
export const IS_OVER = 0x80;
export const CHANNEL = 0x7f;

/** The day of Asia/Ho_Chi_Minh, in days since 1970, of seconds since 1970. */
export function dayOfSeconds(seconds: number): number {
  return Math.floor((seconds + LOCAL_OFFSET_S) / DAY_S);
}

/** The first second of such a day. */
export function secondsOfDay(day: number): number {
  return day * DAY_S - LOCAL_OFFSET_S;
}

/** What figures need of one dossier; texts are numbers of a ValueList. */
export interface FigureRow {
  readonly agency: number;
  readonly procedure: number;
  readonly field: number;
  readonly channel: number;
  readonly isOver: boolean;
  /** Seconds since 1970. */
  readonly received: number;
  readonly end: number | null;
  /** Days since 1970. */
  readonly dueDay: number | null;
  readonly supplements: FigureSupplements | null;
}

/**
 * Of the supplements of a dossier, in seconds: when the first was requested and the second, and of the first when it was completed and
 * which day the dossier was due before. More than one decides by itself, so no more is kept.
 */
export interface FigureSupplements {
  readonly first: number;
  readonly second: number;
  readonly completed: number;
  readonly dueBeforeDay: number;
}

/**
 * The dossiers received on one day, column by column: 19 bytes each. Those without an end stand first, then the latest ends, and last those that
 * are over since nobody knows when: what is carried into a later period is a few rows at the top. Nothing in it changes once it is made.
 */
export interface FigureDay {
  readonly day: number;
  readonly rows: number;
  readonly agency: Uint16Array;
  readonly procedure: Uint16Array;
  readonly field: Uint16Array;
  /** The channel, and IS_OVER. */
  readonly channel: Uint8Array;
  /** Seconds since the day began; an end before it is below zero. */
  readonly received: Uint32Array;
  readonly end: Int32Array;
  readonly due: Int32Array;
  readonly farEnds: ReadonlyMap<number, number>;
  /** The rows that have supplements, in order. */
  readonly supplemented: Int32Array;
  /** For each of them FigureSupplements, in seconds and days; infinite where there is none. */
  readonly supplements: Float64Array;
}

/** Numbers in `supplements` for each row of `supplemented`. */
export const SUPPLEMENT_WIDTH = 4;

export function createFigureDay(day: number, unordered: readonly FigureRow[]): FigureDay {
  const rows = unordered.toSorted((a, b) => lastUntil(b) - lastUntil(a));
  const start = secondsOfDay(day);
  const supplemented = rows.flatMap(({ supplements }, i) => (supplements === null ? [] : [i]));
  const farEnds = new Map<number, number>();
  return {
    day,
    rows: rows.length,
    agency: Uint16Array.from(rows, (row) => row.agency),
    procedure: Uint16Array.from(rows, (row) => row.procedure),
    field: Uint16Array.from(rows, (row) => row.field),
    channel: Uint8Array.from(rows, (row) => row.channel | (row.isOver ? IS_OVER : 0)),
    received: Uint32Array.from(rows, (row) => row.received - start),
    end: Int32Array.from(rows, ({ end }, i) => {
      if (end === null) return NONE;
      const since = end - start;
      if (Math.abs(since) < -FAR) return since;
      farEnds.set(i, since);
      return FAR;
    }),
    due: Int32Array.from(rows, (row) => row.dueDay ?? NONE),
    farEnds,
    supplemented: Int32Array.from(supplemented),
    supplements: Float64Array.from(
      supplemented.flatMap((i) => {
        const { first, second, completed, dueBeforeDay } = rows[i]?.supplements ?? NO_SUPPLEMENTS;
        return [first, second, completed, dueBeforeDay];
      }),
    ),
  };
}

/** Finite, so that two of a kind are equally far. */
function lastUntil({ end, isOver }: FigureRow): number {
  return end ?? (isOver ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER);
}

/** How many of the rows, from the top, had not ended before a later instant. */
export function rowsOpenAt(figures: FigureDay, seconds: number): number {
  const since = seconds - secondsOfDay(figures.day);
  const isOpen = (i: number) => {
    const end = figures.end[i] ?? NONE;
    if (end === NONE) return ((figures.channel[i] ?? 0) & IS_OVER) === 0;
    return (end === FAR ? (figures.farEnds.get(i) ?? 0) : end) >= since;
  };
  let [low, high] = [0, figures.rows];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isOpen(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NO_SUPPLEMENTS = { first: Infinity, second: Infinity, completed: Infinity, dueBeforeDay: Infinity };

export function bytesOf(day: FigureDay): number {
  const { agency, procedure, field, channel, received, end, due, supplemented, supplements } = day;
  return [agency, procedure, field, channel, received, end, due, supplemented, supplements]
    .map(({ byteLength }) => byteLength)
    .reduce((sum, bytes) => sum + bytes, 0);
}
