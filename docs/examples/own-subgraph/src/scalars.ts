import { GraphQLScalarType } from 'graphql';
import { toEpochDay } from '../contract/calendar-day';
import { BadInputError } from '../contract/runtime/coded-error';

/** A day of Asia/Ho_Chi_Minh, `2024-06-28`; days that no month has are refused. */
export const DATE = new GraphQLScalarType({ name: 'Date', serialize: readDay, parseValue: readDay });

/** An instant, in UTC. */
export const DATE_TIME = new GraphQLScalarType({
  name: 'DateTime',
  serialize: (value) => new Date(String(value)).toISOString().replace('.000Z', 'Z'),
});

function readDay(value: unknown): string {
  try {
    toEpochDay(String(value));
    return String(value);
  } catch {
    throw new BadInputError(`Date must be a real calendar day as "YYYY-MM-DD", got ${JSON.stringify(value)}`);
  }
}
