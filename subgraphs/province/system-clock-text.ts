const nextDays = new Map<string, string>();

/** An ISO UTC instant on the clock of Asia/Ho_Chi_Minh, as the systems write it: `2024-06-28 10:00:00`. */
export function toLocalText(instant: string): string {
  const hour = Number(instant.slice(11, 13)) + 7;
  const minutes = instant.slice(13, 19);
  const day = instant.slice(0, 10);
  if (hour < 24) return `${day} ${hour < 10 ? '0' : ''}${hour}${minutes}`;
  return `${nextDay(day)} 0${hour - 24}${minutes}`;
}

function nextDay(day: string): string {
  const known = nextDays.get(day);
  if (known !== undefined) return known;
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  // One entry for each day that anything happened: some thousands, whatever the number of dossiers.
  nextDays.set(day, next);
  return next;
}
