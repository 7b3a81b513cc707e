import type { GraphqlQuestion } from './endpoint';

/** One sentence in both languages of the province. */
export interface Sentence {
  readonly vi: string;
  readonly en: string;
}

/** One thing that every subgraph of the contract must do. */
export interface ConformanceCheck<Context> {
  /** Stable; `docs/conformance.md` explains each. */
  readonly id: string;
  readonly title: Sentence;
  /** Looks at rows: it cannot run when the sample could not be read. */
  readonly needsSample?: boolean;
  /** Resolves with notes worth reading, throws CheckFailure or CheckSkipped. */
  run(context: Context): Promise<readonly string[] | void>;
}

/** What a failing check shows: the smallest request that is known to show it, what it should give and what it gave. */
export interface Evidence {
  readonly request: GraphqlQuestion | null;
  readonly expected: string;
  readonly got: string;
}

/** The endpoint breaks the contract. */
export class CheckFailure extends Error {
  constructor(readonly evidence: Evidence) {
    super(`expected ${evidence.expected}, got ${evidence.got}`);
    this.name = 'CheckFailure';
  }
}

/** The rows at hand cannot show it. */
export class CheckSkipped extends Error {
  constructor(readonly why: string) {
    super(why);
    this.name = 'CheckSkipped';
  }
}

/** Throws CheckFailure unless both are the same JSON, in whatever order the keys of an object come. */
export function requireSame(
  request: GraphqlQuestion,
  what: string,
  { expected, got }: { readonly expected: unknown; readonly got: unknown },
): void {
  if (toText(inOneOrder(expected)) === toText(inOneOrder(got))) return;
  throw new CheckFailure({ request, expected: `${what}: ${shorten(expected)}`, got: shorten(got) });
}

/** Throws CheckFailure unless the condition holds. */
export function requireThat(
  condition: boolean,
  request: GraphqlQuestion | null,
  expected: string,
  got: unknown,
): asserts condition {
  if (!condition) throw new CheckFailure({ request, expected, got: shorten(got) });
}

const MAX_SHOWN = 400;

/** A value as JSON, cut where it would fill the page. */
export function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : toText(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOneOrder(inner)]));
}

function toText(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
