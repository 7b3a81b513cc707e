import type { GraphQLFormattedError } from 'graphql';

/** What a system answered, checked: `data` or at least one error is there, never neither. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

/**
 * The GraphQL answer in a JSON text, or null when the text is none: broken JSON, an array, `{}`, errors without a message.
 * An empty `errors` list, which the specification forbids but servers send, counts as absent. `data: null` without an
 * error is refused: it would lose rows without a word.
 */
export function readSubgraphAnswer(text: string): SubgraphAnswer | null {
  const body = parseJson(text);
  if (!isObject(body)) return null;
  const { data, extensions } = body;
  const errors = body['errors'] ?? [];
  if (!isErrorList(errors)) return null;
  if (data !== undefined && data !== null && !isObject(data)) return null;
  if ((data === undefined || data === null) && errors.length === 0) return null;
  return {
    ...(data !== undefined && { data }),
    ...(errors.length > 0 && { errors }),
    ...(isObject(extensions) && { extensions }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
