import { BadInputError } from './runtime/coded-error';

/**
 * How much time the answer may still take, in whole milliseconds, counted from the arrival of the request. A client may only
 * shorten the gateway's own limit; the gateway gives each shard what is left less the time to merge. A duration, not a point
 * in time, because the clocks of 52 agencies do not agree.
 */
export const DEADLINE_HEADER = 'lienthong-deadline-ms';

/**
 * The one instant of the request, chosen by the gateway (the province's clock) and the only "now" in every shard: deadlines, the
 * default of `asOf`, the end of an open period. Whole seconds, so that requests of one second can share work; pinned in
 * cursors, so that page two is judged at the time of page one.
 */
export const NOW_HEADER = 'lienthong-now';

/**
 * How complete a gathered answer must be, at least: `any` shard, a `quorum` (more than half of all), or `all`. A caller may ask
 * for more than the schema's own rule, never for less; what falls short is null with an error.
 */
export const COMPLETENESS_HEADER = 'lienthong-completeness';

export type Completeness = 'any' | 'quorum' | 'all';

const COMPLETENESS: readonly Completeness[] = ['any', 'quorum', 'all'];

/** Throws BadInputError naming header, value and a form that is accepted; so do the other readers here. */
export function readDeadlineMs(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0 && Number.isSafeInteger(value)) return value;
  throw wrongHeader(
    DEADLINE_HEADER,
    text,
    'send the milliseconds left as a whole number above 0, such as 2500, or leave it out',
  );
}

/** An ISO instant of whole seconds in UTC, given back as it came: `2024-06-28T03:00:00Z`. */
export function readNow(text: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && isRealInstant(text)) return text;
  throw wrongHeader(
    NOW_HEADER,
    text,
    'send an instant of whole seconds in UTC, such as 2024-06-28T03:00:00Z',
  );
}

export function readCompleteness(text: string): Completeness {
  const completeness = COMPLETENESS.find((candidate) => candidate === text);
  if (completeness !== undefined) return completeness;
  throw wrongHeader(COMPLETENESS_HEADER, text, `send one of ${COMPLETENESS.join(', ')}, or leave it out`);
}

/** Date.parse takes 30 February for 1 March. */
function isRealInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === `${text.slice(0, -1)}.000Z`;
}

function wrongHeader(header: string, value: string, wayOut: string): BadInputError {
  return new BadInputError(
    `Header ${header} has the wrong value ${JSON.stringify(value.slice(0, 80))}: ${wayOut}`,
  );
}
