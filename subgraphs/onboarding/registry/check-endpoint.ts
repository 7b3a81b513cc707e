import type { AgencyDirectory } from '../../../schema/agency-directory';
import {
  compareHoldings,
  type DeclaredHoldings,
  declaredHoldings,
  type RegisteredHoldings,
} from '../../../schema/declared-holdings';
import { canonicalCodes } from './opened-systems';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1 << 20;

/** What asking a system before it is registered found out. */
export interface EndpointReport {
  /** Why an address does not answer as a subgraph does. */
  readonly silent: readonly string[];
  /** Where what it says it holds is not what it is registered for. */
  readonly differences: readonly string[];
  readonly notes: readonly string[];
}

export interface SystemToCheck extends RegisteredHoldings {
  /** Reads the codes that it declares, in whichever notation. */
  readonly directory: AgencyDirectory;
  readonly subgraphs: readonly {
    readonly subgraph: string;
    readonly urls: readonly string[];
    readonly agencies: readonly string[];
  }[];
}

/** Asks every address what a gateway would ask it first. Never throws but when it is told to stop. */
export async function checkEndpoint(system: SystemToCheck, signal: AbortSignal): Promise<EndpointReport> {
  const urls = system.subgraphs.flatMap((held) => held.urls);
  const answers = await Promise.all(urls.map((url) => askTypename(url, signal)));
  const origins = new Map(urls.map((url) => [new URL('/holdings', url).href, url]));
  const declared = await Promise.all([...origins.keys()].map((url) => askHoldings(url, system, signal)));
  signal.throwIfAborted();
  return {
    silent: answers.filter((problem) => problem !== null),
    differences: [...new Set(declared.flatMap(({ differences }) => differences))],
    notes: [...new Set(declared.flatMap(({ notes }) => notes))],
  };
}

async function askTypename(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const { status, text } = await fetchText(url, { method: 'POST', headers, body }, signal);
    if (isGraphqlAnswer(text)) return null;
    return `${url} answers, but not GraphQL (HTTP ${status}); is the path right?`;
  } catch (error) {
    return `${url} does not answer: ${reasonOf(error)}`;
  }
}

function isGraphqlAnswer(text: string): boolean {
  const answer = parseJson(text);
  if (!isObject(answer) || !isObject(answer['data'])) return false;
  return typeof answer['data']['__typename'] === 'string';
}

async function askHoldings(
  url: string,
  system: SystemToCheck,
  signal: AbortSignal,
): Promise<Pick<EndpointReport, 'differences' | 'notes'>> {
  try {
    const { status, text } = await fetchText(url, {}, signal);
    const declared = declaredHoldings.safeParse(parseJson(text));
    if (status === 200 && declared.success)
      return { differences: compareHoldings(system, canonical(system, declared.data)), notes: [] };
    return { differences: [], notes: [`${url} declares nothing, so nothing could be compared`] };
  } catch {
    // That it does not answer is told already.
    return { differences: [], notes: [] };
  }
}

function canonical({ directory }: SystemToCheck, { system, subgraphs }: DeclaredHoldings): DeclaredHoldings {
  const codes = Object.entries(subgraphs).map(([subgraph, given]): [string, string[]] => [
    subgraph,
    [...canonicalCodes(directory, given)],
  ]);
  return { system, subgraphs: Object.fromEntries(codes) };
}

async function fetchText(
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const response = await fetch(url, { ...init, signal: either, redirect: 'manual' });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // A body yields Uint8Arrays; the type of Node's stream says no more than that it may be read.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`it answered more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { status: response.status, text: Buffer.concat(chunks).toString('utf8') };
}

/** undici's own message is "fetch failed"; what happened is its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `not within ${TIMEOUT_MS / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
