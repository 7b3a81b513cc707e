const LOCAL_OFFSET_MS = 7 * 3_600_000;

/** `28/06/2024 10:00`, by the clock of Asia/Ho_Chi_Minh. */
export function vietnameseTime(iso: string): string {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(localIso(iso)) ?? [];
  return `${day}/${month}/${year} ${time}`;
}

/** `2024-06-28 10:00`, by the same clock. */
export function plainTime(iso: string): string {
  return localIso(iso).slice(0, 16).replace('T', ' ');
}

/** `28/06/2024`; a dash for no day. */
export function vietnameseDay(day: string | null): string {
  return day === null ? '–' : day.split('-').reverse().join('/');
}

function localIso(iso: string): string {
  return new Date(Date.parse(iso) + LOCAL_OFFSET_MS).toISOString();
}
