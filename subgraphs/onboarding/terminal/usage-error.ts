import { CodedError } from '../../../schema/runtime/coded-error';

/** The command was called in a way that it cannot understand. One sentence: what was got, and what is allowed. */
export class UsageError extends CodedError {
  constructor(message: string, cause?: unknown) {
    super(message, 'USAGE_ERROR', cause);
  }
}
