import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A calendar day, `YYYY-MM-DD`, carried inside as that same text: bytewise order is the order of days, and no time zone
 * can move it. A text that is no real day (`2024-02-30`) is the client's error.
 */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description:
    'Một ngày theo lịch, dạng `YYYY-MM-DD`, theo giờ Việt Nam. A calendar day, `YYYY-MM-DD`, of Asia/Ho_Chi_Minh.',
  serialize: readDay,
  parseValue: readDay,
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw notADay(node.kind);
    return readDay(node.value);
  },
});

/** Throws a GraphQLError with code BAD_USER_INPUT that shows the value. */
export function readDay(value: unknown): string {
  if (typeof value !== 'string') throw notADay(value);
  const match = DAY.exec(value);
  if (match === null) throw notADay(value);
  const instant = new Date(`${value}T00:00:00Z`);
  // The Date constructor rolls some impossible days over (February 30 is March 1): what comes back must be what went in.
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== value) throw notADay(value);
  return value;
}

function notADay(value: unknown): GraphQLError {
  return new GraphQLError(`Date must be a real calendar day as "YYYY-MM-DD", got ${JSON.stringify(value)}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
