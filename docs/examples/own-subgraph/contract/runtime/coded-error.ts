/**
 * An error a caller can act on: a stable code, and a sentence with the value that was wrong. `extensions` is what graphql-js
 * copies into the response, so the code reaches the client whichever formatter runs.
 */
export abstract class CodedError extends Error {
  readonly code: string;

  protected constructor(message: string, code: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
  }

  get extensions(): { readonly code: string } {
    return { code: this.code };
  }
}

/** The client's mistake: never a 5xx, never logged as a fault. The message goes to the client as it is. */
export class BadInputError extends CodedError {
  constructor(message: string, code = 'BAD_USER_INPUT', cause?: unknown) {
    super(message, code, cause);
  }
}
