const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;
/** Việt Nam has no daylight saving time and has kept one offset since 1975. */
const HO_CHI_MINH_OFFSET_MS = 7 * 3_600_000;
const INSTANT = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/;

/** Days since 1970-01-01. Throws RangeError for anything but a real day written `YYYY-MM-DD`. */
export function toEpochDay(day: string): number {
  const epochDay = FORM.test(day) ? Date.parse(day) / MS_PER_DAY : NaN;
  if (Number.isNaN(epochDay) || fromEpochDay(epochDay) !== day) {
    throw new RangeError(`Not a calendar day (YYYY-MM-DD): ${JSON.stringify(day)}`);
  }
  return epochDay;
}

export function fromEpochDay(epochDay: number): string {
  return new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10);
}

/** UTC on a day that every month has, and has a day after: nine rows of ten, read without a Date. */
const USUAL_INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-7])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;
/** The first hour in UTC that is tomorrow here. */
const TOMORROW_HOUR = 17;

/** The day `YYYY-MM-DD` in Asia/Ho_Chi_Minh at an ISO instant with a time zone. Throws RangeError for other text. */
export function localDay(isoInstant: string): string {
  const usual = USUAL_INSTANT.exec(isoInstant);
  if (usual !== null) {
    if (Number(usual[2]) < TOMORROW_HOUR) return isoInstant.slice(0, 10);
    return isoInstant.slice(0, 8) + String(Number(usual[1]) + 1).padStart(2, '0');
  }
  const time = INSTANT.test(isoInstant) ? Date.parse(isoInstant) : NaN;
  if (Number.isNaN(time))
    throw new RangeError(`Not an instant with a time zone: ${JSON.stringify(isoInstant)}`);
  return new Date(time + HO_CHI_MINH_OFFSET_MS).toISOString().slice(0, 10);
}
