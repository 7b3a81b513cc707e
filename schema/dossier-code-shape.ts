/** The three parts of a dossier code of the national form, before anyone asked whether the agency exists. */
export interface DossierCodeShape {
  /** What stands before the first "-": an agency code in some notation, as written. */
  readonly prefix: string;
  /** The day of issue, `YYYY-MM-DD`; the century is the twenty-first. */
  readonly date: string;
  /** Digits of any number, leading zeros kept. */
  readonly counter: string;
}

const NATIONAL_FORM = /^([^-\s]+)-(\d{2})(\d{2})(\d{2})-(\d+)$/;

/** Takes `<agency code>-<YYMMDD>-<counter>` apart; null for every other form and for a day that is not in the calendar. */
export function readDossierCodeShape(text: string): DossierCodeShape | null {
  const [, prefix, year, month, day, counter] = NATIONAL_FORM.exec(text) ?? [];
  if (prefix === undefined || counter === undefined) return null;
  const date = `20${year}-${month}-${day}`;
  return isCalendarDay(date) ? { prefix, date, counter } : null;
}

function isCalendarDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
