import { createCursorSigner } from '../../schema/client-cursor';
import { decodeShardCursor, type ShardPosition } from '../../schema/shard-cursor';
import {
  CURSOR_KEYS,
  startFederatedProvince,
  type FederatedProvince,
  type FederatedProvinceOptions,
} from './federated-province';
import { createMonolith, type Monolith } from './monolith';
import type { TestProvince } from './test-province';

export interface Operation {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly now?: string;
  /** Path to the `endCursor` of a page that is turned through the variable `after`. */
  readonly turns?: readonly string[];
}

/** The same rows once whole and once for each split. */
export interface Rivals extends AsyncDisposable {
  readonly province: TestProvince;
  readonly monolith: Monolith;
  readonly splits: readonly { readonly name: string; readonly federated: FederatedProvince }[];
}

export async function openRivals(
  province: TestProvince,
  splits: Readonly<Record<string, FederatedProvinceOptions>>,
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

export async function askMonolith(
  rivals: Pick<Rivals, 'monolith'>,
  operation: Operation,
): Promise<Comparable> {
  return toComparable(await rawFromMonolith(rivals, operation), decodeShardCursor);
}

export async function askFederated(federated: FederatedProvince, operation: Operation): Promise<Comparable> {
  return toComparable(await rawFromFederated(federated, operation), openClientCursor);
}

interface Raw {
  readonly data: unknown;
  readonly codes: readonly string[];
  readonly shards: unknown;
}

async function rawFromMonolith({ monolith }: Pick<Rivals, 'monolith'>, operation: Operation): Promise<Raw> {
  const { data, errors } = await monolith.query(operation.document, operation);
  // A row that is null for its non-null field is silent in a federated answer: only the data says so.
  const spoken = errors.filter(({ message }) => !message.startsWith('Cannot return null for non-nullable'));
  return { data: data ?? null, codes: distinctCodes(spoken), shards: undefined };
}

async function rawFromFederated(federated: FederatedProvince, operation: Operation): Promise<Raw> {
  const { data, errors, shards } = await federated.query(operation.document, operation);
  return { data: data ?? null, codes: distinctCodes(errors), shards };
}

function toComparable({ data, codes, shards }: Raw, open: OpenCursor): Comparable {
  return { data: openCursors(data, open), codes, shards };
}

/** Pages that are turned of an operation with `turns`: enough to cross from one system's rows to another's. */
const PAGES = 3;

/** The answer; with `turns`, the pages that follow it too, each asked for with the answerer's own cursor. */
async function askPages(
  ask: (operation: Operation) => Promise<Raw>,
  open: OpenCursor,
  operation: Operation,
): Promise<readonly Comparable[]> {
  const { turns, variables } = operation;
  const pages: Comparable[] = [];
  let after: string | null = null;
  do {
    const raw: Raw = await ask(turns ? { ...operation, variables: { ...variables, after } } : operation);
    pages.push(toComparable(raw, open));
    after = turns ? endCursorAt(raw.data, turns) : null;
  } while (after !== null && pages.length < PAGES);
  return pages;
}

function endCursorAt(data: unknown, path: readonly string[]): string | null {
  let value = data;
  // Objects of an answer are records.
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | null)?.[name] ?? null;
  return typeof value === 'string' ? value : null;
}

export interface Difference {
  readonly name: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/**
 * The splits whose answer is not the monolith's, key order included. `adapt` says what is expected of systems that answer as they did:
 * they may keep less than the monolith.
 */
export async function findDifferences(
  rivals: Pick<Rivals, 'monolith' | 'splits'>,
  operation: Operation,
  adapt: (expected: unknown, got: unknown) => unknown = (expected) => expected,
): Promise<readonly Difference[]> {
  const whole = await askPages((one) => rawFromMonolith(rivals, one), decodeShardCursor, operation);
  const found: Difference[] = [];
  for (const { name, federated } of rivals.splits) {
    const got = await askPages((one) => rawFromFederated(federated, one), openClientCursor, operation);
    const expected = adapt(whole, got);
    if (JSON.stringify(got) !== JSON.stringify(expected)) found.push({ name, expected, got });
  }
  return found;
}

export async function expectSameAnswer(rivals: Rivals, operation: Operation): Promise<Comparable> {
  const [difference] = await findDifferences(rivals, operation);
  if (difference) {
    const { name, expected, got } = difference;
    expect({ split: name, got }).toEqual({ split: name, got: expected });
    // Equal but for the order of keys.
    expect(JSON.stringify(got)).toBe(JSON.stringify(expected));
  }
  return askMonolith(rivals, operation);
}

type OpenCursor = (text: string) => ShardPosition;

function distinctCodes(errors: readonly Parameters<typeof codeOf>[0][]): readonly string[] {
  return [...new Set(errors.map(codeOf))].sort();
}

function codeOf(error: {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}): string {
  const code = error.extensions?.['code'];
  return typeof code === 'string' ? code : error.message;
}

const signer = createCursorSigner(CURSOR_KEYS);
const openClientCursor: OpenCursor = (text) => signer.open(text).position;
const LONG_BASE64URL = /^[\w-]{24,}$/;

/** Cursors are opaque to a client and sealed differently; the position inside is the same. */
function openCursors(value: unknown, open: OpenCursor): unknown {
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
