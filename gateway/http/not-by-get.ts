import { GraphQLError } from 'graphql';

/** Links and images are GETs: nothing may change because one was followed. */
export function notByGet(kind: string): GraphQLError {
  return new GraphQLError(`GET answers queries only; send a ${kind} by POST`, {
    extensions: { code: 'METHOD_NOT_ALLOWED' },
  });
}
