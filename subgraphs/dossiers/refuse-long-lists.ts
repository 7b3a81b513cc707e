import { BadInputError } from '../../schema/runtime/coded-error';

/** What one condition of a database's statement bears, whatever the database: Oracle's IN takes no more. */
export const MAX_LIST_LENGTH = 1000;

export class ListTooLongError extends BadInputError {
  constructor(
    readonly list: string,
    readonly length: number,
  ) {
    super(`"${list}" must have at most ${MAX_LIST_LENGTH} values, got ${length}`);
  }
}

/** The lists of a filter, by the names of their fields. Throws ListTooLongError. */
export function refuseLongLists(
  lists: Readonly<Record<string, readonly unknown[] | null | undefined>>,
): void {
  for (const [name, list] of Object.entries(lists)) {
    if (list && list.length > MAX_LIST_LENGTH) throw new ListTooLongError(name, list.length);
  }
}
