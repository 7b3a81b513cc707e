import type { GraphQLFormattedError } from 'graphql';
import type { GatewayAnswer } from './gateway-under-test';

/** What tells an answer from the one expected, in words; null when nothing does. Keys must stand in the same order. */
export function differenceOf(expected: GatewayAnswer, got: GatewayAnswer): string | null {
  if (JSON.stringify(expected.data) !== JSON.stringify(got.data)) return 'the data differ';
  return differenceOfSets(nullPlaces(expected), nullPlaces(got));
}

/**
 * The same where the expected answer is the stock gateway's. Its keys stand in another order; in errors of entities it takes the
 * place among those asked for the place in the client's list; it tells an error of a value under one of its aliases; and it says
 * nothing of values that clients may not see.
 */
export function differenceFromStock(stock: GatewayAnswer, got: GatewayAnswer): string | null {
  if (stock.errors.some(({ message }) => CONFLICT.test(message))) return null;
  if (sortedJson(stock.data) !== sortedJson(got.data)) return 'the data differ';
  const told = new Set(got.errors.flatMap(toldPattern));
  const missing = stock.errors.flatMap(toldPattern).filter((place) => !told.has(place));
  if (missing.length > 0) return `no error for ${missing.join(' and ')}`;
  return stock.errors.length === 0 && told.size > 0 ? `errors at ${[...told].join(' and ')}` : null;
}

/** Its planner writes fragments of interfaces into fetches without an alias where fields of two members disagree. */
const CONFLICT = /^Fields "\w+" conflict because they return conflicting types/;

function differenceOfSets(wanted: ReadonlySet<string>, given: ReadonlySet<string>): string | null {
  const missing = [...wanted].filter((place) => !given.has(place));
  const extra = [...given].filter((place) => !wanted.has(place));
  if (missing.length > 0) return `no error for ${missing.join(' and ')}`;
  return extra.length > 0 ? `an error too many for ${extra.join(' and ')}` : null;
}

/** Where an error that a subgraph told stands, whatever the index. */
function toldPattern({ message, path = [] }: GraphQLFormattedError): readonly string[] {
  // Both gateways' words for what they found themselves.
  if (/^(?:Invalid |A subgraph answered )/.test(message)) return [];
  return [path.map((step) => (typeof step === 'number' ? '@' : step)).join('/')];
}

/**
 * The nulls of the data that errors explain. Several errors may lead to one null, and which of them is told is left open by the
 * specification (6.4.4).
 */
function nullPlaces({ data, errors }: GatewayAnswer): ReadonlySet<string> {
  return new Set(errors.flatMap((error) => nullPlace(data, error) ?? []));
}

function nullPlace(data: unknown, { path = [] }: GraphQLFormattedError): string | null {
  let value: unknown = data;
  const here: (string | number)[] = [];
  for (const step of path) {
    if (value === null || value === undefined) break;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
    here.push(step);
  }
  return value === null || value === undefined ? `/${here.join('/')}` : null;
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  );
}
