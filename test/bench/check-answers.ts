import { isDeepStrictEqual } from 'node:util';
import { post } from './post';
import { bodyOf, type Query } from './queries';
import type { RunningContestant } from './running-contestant';

/** The places that answers are compared at; the first is the one that the load with equal variables asks. */
const CHECKED_PLACES = [0, 1, 37, 4990];

/** `data` of a query at each checked place. */
export type RightAnswers = ReadonlyMap<Query, readonly unknown[]>;

/** The answers of the stock gateway. Throws when it answers with errors. */
export async function readRightAnswers(
  stock: RunningContestant,
  queries: readonly Query[],
): Promise<RightAnswers> {
  const right = new Map<Query, unknown[]>();
  for (const query of queries) {
    right.set(query, []);
    for (const place of CHECKED_PLACES) right.get(query)?.push((await ask(stock, query, place)).data);
  }
  return right;
}

export interface CheckedAnswer {
  /** Over the wire, of the answer at the first place. */
  readonly bytes: number;
  /** What the last one took of the subgraphs, when the query was known and nothing else ran. */
  readonly subgraphRequests: number;
}

/** Asks at every place. Throws when any answer differs from the right one. */
export async function checkAnswers(
  running: RunningContestant,
  query: Query,
  right: RightAnswers,
  taken: () => Promise<number>,
): Promise<CheckedAnswer> {
  let bytes = 0;
  let subgraphRequests = 0;
  for (const [index, place] of CHECKED_PLACES.entries()) {
    const before = await taken();
    const answer = await ask(running, query, place);
    subgraphRequests = (await taken()) - before;
    if (index === 0) bytes = answer.bytes;
    if (!isDeepStrictEqual(answer.data, right.get(query)?.[index])) {
      const start = JSON.stringify(answer.data).slice(0, 500);
      throw new Error(`${running.contestant.label} answers ${query.name} at ${place} wrongly: ${start}`);
    }
  }
  return { bytes, subgraphRequests };
}

async function ask({ contestant, url }: RunningContestant, query: Query, place: number) {
  const { status, body, bytes } = await post(url, bodyOf(query, place));
  // An answer of GraphQL over HTTP; anything else is refused below.
  const answer = JSON.parse(body) as { readonly data?: object | null; readonly errors?: unknown };
  if (status !== 200 || answer.errors !== undefined || !answer.data) {
    throw new Error(
      `${contestant.label} fails ${query.name} at ${place} with ${status}: ${body.slice(0, 500)}`,
    );
  }
  return { data: answer.data, bytes };
}
