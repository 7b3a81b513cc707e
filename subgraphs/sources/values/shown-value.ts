import type { RowProblem, RowProblemCode } from '../source-problem';

const MAX_SHOWN = 80;
/** An identity number, a phone number, an address of e-mail: a column that was mapped by mistake must not leak by its complaints. */
const MAYBE_PERSONAL = /\d{9,}|@/;

/** A value as a problem may tell it; null where it may be personal. */
export function shownValue(text: string | null): string | null {
  if (text === null || MAYBE_PERSONAL.test(text)) return null;
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
}

/** Gathers what is wrong with one row. */
export class RowProblems {
  readonly list: RowProblem[] = [];

  constructor(private readonly place: string) {}

  add(code: RowProblemCode, column: string | null, value: string | null): void {
    this.list.push({ code, place: this.place, column, value: shownValue(value) });
  }
}
