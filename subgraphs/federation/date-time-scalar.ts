import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { readDay } from './date-scalar';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * An instant. Inside and on the wire it is ISO 8601 in UTC, `2024-06-28T03:00:00Z`, milliseconds only when there are some, so
 * equal instants are equal texts. An offset is accepted on input and turned into UTC; a text without one is refused,
 * because guessing the zone moves deadlines.
 */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'Một thời điểm theo ISO 8601, giờ UTC, ví dụ `2024-06-28T03:00:00Z`. An instant in ISO 8601, UTC, such as `2024-06-28T03:00:00Z`.',
  serialize: (value) => readInstant(value instanceof Date ? value.toISOString() : value),
  parseValue: readInstant,
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw notAnInstant(node.kind);
    return readInstant(node.value);
  },
});

/** Throws a GraphQLError with code BAD_USER_INPUT that shows the value. */
export function readInstant(value: unknown): string {
  if (typeof value !== 'string') throw notAnInstant(value);
  const match = INSTANT.exec(value);
  if (match?.[1] === undefined) throw notAnInstant(value);
  readDay(match[1]);
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) throw notAnInstant(value);
  return instant.toISOString().replace('.000Z', 'Z');
}

function notAnInstant(value: unknown): GraphQLError {
  return new GraphQLError(
    `DateTime must be an ISO 8601 instant with its zone, such as "2024-06-28T03:00:00Z", got ${JSON.stringify(value)}.`,
    { extensions: { code: 'BAD_USER_INPUT' } },
  );
}
