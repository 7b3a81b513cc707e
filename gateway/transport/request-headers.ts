import { ACCEPTED_ENCODINGS } from './decode-body';

const OURS = [
  ['content-type', 'application/json'],
  ['accept', 'application/graphql-response+json, application/json;q=0.9'],
  ['accept-encoding', ACCEPTED_ENCODINGS],
] as const;
const OURS_FLAT: readonly string[] = OURS.flat();
/** Of the connection, not of the call, or set here. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  ...OURS.map(([name]) => name as string),
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding', 'upgrade'],
]);
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const NOT_IN_A_HEADER = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * A call's headers and ours, as undici likes them best: one flat list. They are checked here although undici checks them
 * too, because a request that undici refuses leaves a connection of its pool unusable for ever (8.12).
 *
 * @throws TypeError naming the header that HTTP cannot carry, or that is not a call's to set.
 */
export function toRequestHeaders(headers: Readonly<Record<string, string>>): string[] {
  const list = OURS_FLAT.slice();
  for (const name of Object.keys(headers)) {
    // One of its own keys.
    const value = headers[name] as string;
    if (!goodNames.has(name)) requireGoodName(name);
    if (NOT_IN_A_HEADER.test(value))
      throw new TypeError(`Header "${name}" has a value that HTTP cannot carry`);
    list.push(name, value);
  }
  return list;
}

/** Names are few and come back with every call, so each is looked at once. */
const goodNames = new Set<string>();
const MAX_GOOD_NAMES = 1000;

function requireGoodName(name: string): void {
  if (!HEADER_NAME.test(name)) throw new TypeError(`"${name}" cannot be the name of a header`);
  if (NOT_FORWARDED.has(name.toLowerCase())) throw new TypeError(`Header "${name}" is not a call's to set`);
  if (goodNames.size >= MAX_GOOD_NAMES) goodNames.clear();
  goodNames.add(name);
}
