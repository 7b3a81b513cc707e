import { CodedError } from '../../schema/runtime/coded-error';

export type SupergraphErrorCode =
  | 'SUPERGRAPH_UNREADABLE'
  | 'SUPERGRAPH_EMPTY'
  | 'SUPERGRAPH_NOT_GRAPHQL'
  | 'SUPERGRAPH_FEDERATION_1'
  | 'SUPERGRAPH_NOT_COMPOSED'
  | 'SUPERGRAPH_INVALID'
  | 'SUPERGRAPH_UNENFORCED_DIRECTIVE';

/** A supergraph that cannot be served. The message names the file and says what to do about it. */
export class SupergraphError extends CodedError {
  constructor(
    readonly file: string,
    problem: string,
    code: SupergraphErrorCode,
    cause?: unknown,
  ) {
    super(`Supergraph file ${file} ${problem}`, code, cause);
  }
}
