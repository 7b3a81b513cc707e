import type { ClientErrorCode } from './client-error-codes';
import { BadInputError } from './runtime/coded-error';

/** What is wrong with a cursor, and what the client reads about it. The cursor itself is never repeated. */
const SENTENCES = {
  GARBLED:
    'The cursor is not one of ours: it cannot be read. Pass a cursor of an answer unchanged, or leave "after" out.',
  EDITED:
    'The cursor was edited: its signature does not fit its content. Pass it exactly as the answer gave it.',
  FOREIGN:
    'The cursor was signed with a key this gateway does not know (another installation, or a key no longer in use). Start again without "after".',
  OTHER_VERSION: 'The cursor was made by another version of the gateway. Start again without "after".',
  OTHER_COORDINATE: 'The cursor belongs to another field. Use it only for the field whose answer gave it.',
  OTHER_PARENT:
    'The cursor belongs to the same field of another object. Use it only where the answer gave it.',
  OTHER_ARGUMENTS:
    'The cursor belongs to other arguments. Only "first" may change from page to page; filter and order must stay.',
} as const;

export type InvalidCursorReason = keyof typeof SENTENCES;

export class InvalidCursorError extends BadInputError {
  constructor(readonly reason: InvalidCursorReason) {
    super(SENTENCES[reason], 'INVALID_CURSOR' satisfies ClientErrorCode);
  }
}
