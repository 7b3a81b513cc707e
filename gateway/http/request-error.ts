import { BadInputError } from '../../schema/runtime/coded-error';

/** A request refused before it is looked at as GraphQL. */
export class RequestError extends BadInputError {
  constructor(
    readonly status: 400 | 404 | 405 | 406 | 413 | 415 | 503,
    code: string,
    message: string,
  ) {
    super(message, code);
  }
}
