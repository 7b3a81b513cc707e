import type { DateFormat } from '../dossiers/dossier-mapping';

const DAY_SECONDS = 86_400;
/** Days from the serial 0 to 1970-01-01. */
const UNIX_EPOCH = 25_569;
/** Serials below say a day too few: Excel believes in 1900-02-29. */
const AFTER_FALSE_LEAP_DAY = 61;
const LOCAL_OFFSET_SECONDS = 7 * 3_600;
/** Years 1900 to 9999. */
const MAX_SERIAL = 2_958_466;

/** Between the serials of the 1904 and the 1900 system. */
export const DAYS_OF_1904 = 1_462;

/** The clock's time of a serial, as a column of the given format would hold it. A serial that is no date stays a number's text. */
export function localTime(serial: number, format: DateFormat): string | number {
  if (!(serial >= 0 && serial < MAX_SERIAL)) return String(serial);
  const days = serial < AFTER_FALSE_LEAP_DAY - 1 ? serial + 1 : serial;
  const seconds = Math.round((days - UNIX_EPOCH) * DAY_SECONDS);
  const local = new Date(seconds * 1000).toISOString().slice(0, 19);
  const [day, time] = [local.slice(0, 10), local.slice(11)];
  switch (format) {
    case 'local-text':
    case 'timestamp':
      return `${day} ${time}`;
    case 'date':
      return day;
    case 'local-compact':
      return local.replace(/\D/g, '');
    case 'vietnamese': {
      const written = day.split('-').reverse().join('/');
      return time === '00:00:00' ? written : `${written} ${time}`;
    }
    case 'iso':
    case 'timestamptz':
      return `${day}T${time}+07:00`;
    case 'epoch-ms':
      return (seconds - LOCAL_OFFSET_SECONDS) * 1000;
    case 'epoch-s':
      return seconds - LOCAL_OFFSET_SECONDS;
  }
}
