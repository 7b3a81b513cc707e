import { GraphQLError } from 'graphql';

/** A document that does not say which of its operations is asked, or has none of that name. */
export function noSuchOperation(name: string | undefined): GraphQLError {
  const message =
    name === undefined
      ? 'The document has several operations: say which to run with operationName'
      : `The document has no operation named ${JSON.stringify(name.slice(0, 80))}`;
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
