/** A problem of a system that still answers, as `extensions.lienthong` of a subgraph's answer tells it. */
export interface SubgraphProblem {
  /** SOURCE_STALE, SOURCE_NO_COLUMN, … */
  readonly code: string;
  /** For the log of whoever asked; never for a client of the gateway: it may name hosts, files and tables. */
  readonly message: string;
  /** ISO instant; null where it is not known. */
  readonly since: string | null;
}

/** What a subgraph says of the state that it answers from. Nothing is said of a state that is as it should be. */
export interface SubgraphNotes {
  /** The instant of the source's that the rows show; null where they are live or it is not known. */
  readonly asOf: string | null;
  readonly problems: readonly SubgraphProblem[];
}

/** The key under `extensions`. */
export const NOTES_EXTENSION = 'lienthong';

const MAX_PROBLEMS = 8;
const MAX_MESSAGE = 500;
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads what another program wrote: what is not of the form above is left out; null when no problem is left. */
export function readSubgraphNotes(
  extensions: Readonly<Record<string, unknown>> | undefined,
): SubgraphNotes | null {
  const notes = extensions?.[NOTES_EXTENSION];
  if (!isObject(notes) || !Array.isArray(notes['problems'])) return null;
  const problems = notes['problems'].slice(0, MAX_PROBLEMS).flatMap(readProblem);
  return problems.length === 0 ? null : { asOf: readInstant(notes['asOf']), problems };
}

function readProblem(problem: unknown): readonly SubgraphProblem[] {
  if (!isObject(problem)) return [];
  const { code, message, since } = problem;
  if (typeof code !== 'string' || !CODE.test(code)) return [];
  const text = typeof message === 'string' ? message.slice(0, MAX_MESSAGE) : '';
  return [{ code, message: text, since: readInstant(since) }];
}

function readInstant(value: unknown): string | null {
  return typeof value === 'string' && INSTANT.test(value) ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
