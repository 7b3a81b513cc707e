import type { GraphQLFormattedError } from 'graphql';

/** What a system answered, checked: `data` or at least one error is there, never neither. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

/**
 * The GraphQL answer that a JSON value is, or null when it is none: an array, `{}`, errors without a message. An empty
 * `errors` list, which the specification forbids but servers send, counts as absent. `data: null` without an error is
 * refused: it would lose rows without a word. The answer shares the value's parts.
 */
export function readSubgraphAnswer(body: unknown): SubgraphAnswer | null {
  if (!isObject(body)) return null;
  const { data, extensions } = body;
  if (data !== undefined && data !== null && !isObject(data)) return null;
  const errors = body['errors'] ?? [];
  if (!isErrorList(errors)) return null;
  if (errors.length === 0) {
    if (data === undefined || data === null) return null;
    return isObject(extensions) ? { data, extensions } : { data };
  }
  return {
    ...(data !== undefined && { data }),
    errors,
    ...(isObject(extensions) && { extensions }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only `message` is checked: a wrong `path` or `locations` makes an error less useful, not the answer worthless. */
function isErrorList(value: unknown): value is readonly GraphQLFormattedError[] {
  return (
    Array.isArray(value) && value.every((error) => isObject(error) && typeof error['message'] === 'string')
  );
}
