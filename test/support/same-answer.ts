import { createCursorSigner } from '../../schema/client-cursor';
import { decodeShardCursor, type ShardPosition } from '../../schema/shard-cursor';
import { CURSOR_KEYS, startFederatedProvince, type FederatedProvince } from './federated-province';
import { createMonolith, type Monolith } from './monolith';
import type { SplitOptions } from './split-province';
import type { TestProvince } from './test-province';

export interface Operation {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly now?: string;
}

/** The same rows once whole and once for each split. */
export interface Rivals extends AsyncDisposable {
  readonly province: TestProvince;
  readonly monolith: Monolith;
  readonly splits: readonly { readonly name: string; readonly federated: FederatedProvince }[];
}

export async function openRivals(
  province: TestProvince,
  splits: Readonly<Record<string, SplitOptions>>,
): Promise<Rivals> {
  const opened: { name: string; federated: FederatedProvince }[] = [];
  for (const [name, options] of Object.entries(splits))
    opened.push({ name, federated: await startFederatedProvince(province, options) });
  return {
    province,
    monolith: createMonolith(province),
    splits: opened,
    [Symbol.asyncDispose]: async () => {
      for (const { federated } of opened) await federated[Symbol.asyncDispose]();
    },
  };
}

/** What a client can compare: the data with cursors opened, the codes of the errors, what is missing. */
export interface Comparable {
  readonly data: unknown;
  readonly codes: readonly string[];
  readonly shards: unknown;
}

export async function askMonolith({ monolith }: Pick<Rivals, 'monolith'>, operation: Operation) {
  const { data, errors } = await monolith.query(operation.document, operation);
  // A row that is null for its non-null field is silent in a federated answer: only the data says so.
  const spoken = errors.filter(({ message }) => !message.startsWith('Cannot return null for non-nullable'));
  return {
    data: openCursors(data ?? null, decodeShardCursor),
    codes: [...new Set(spoken.map(codeOf))].sort(),
    shards: undefined,
  } satisfies Comparable;
}

export async function askFederated(federated: FederatedProvince, operation: Operation) {
  const { data, errors, shards } = await federated.query(operation.document, operation);
  return {
    data: openCursors(data ?? null, (text) => signer.open(text).position),
    codes: [...new Set(errors.map(codeOf))].sort(),
    shards,
  } satisfies Comparable;
}

/** The splits whose answer is not the monolith's, key order included. */
export async function findDifferences(
  rivals: Rivals,
  operation: Operation,
): Promise<readonly { readonly name: string; readonly expected: Comparable; readonly got: Comparable }[]> {
  const expected = await askMonolith(rivals, operation);
  const text = JSON.stringify(expected);
  const found = [];
  for (const { name, federated } of rivals.splits) {
    const got = await askFederated(federated, operation);
    if (JSON.stringify(got) !== text) found.push({ name, expected, got });
  }
  return found;
}

export async function expectSameAnswer(rivals: Rivals, operation: Operation): Promise<Comparable> {
  const [difference] = await findDifferences(rivals, operation);
  if (difference) {
    const { name, expected, got } = difference;
    expect({ split: name, ...got }).toEqual({ split: name, ...expected });
    // Equal but for the order of keys.
    expect(JSON.stringify(got)).toBe(JSON.stringify(expected));
  }
  return askMonolith(rivals, operation);
}

function codeOf(error: {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}): string {
  const code = error.extensions?.['code'];
  return typeof code === 'string' ? code : error.message;
}

const signer = createCursorSigner(CURSOR_KEYS);
const LONG_BASE64URL = /^[\w-]{24,}$/;

/** Cursors are opaque to a client and sealed differently; the position inside is the same. */
function openCursors(value: unknown, open: (text: string) => ShardPosition): unknown {
  if (Array.isArray(value)) return value.map((item) => openCursors(item, open));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, openCursors(inner, open)]));
  if (typeof value !== 'string' || !LONG_BASE64URL.test(value)) return value;
  try {
    const { order, values, agency, code } = open(value);
    return `cursor ${JSON.stringify([order, ...values, agency, code])}`;
  } catch {
    return value;
  }
}
