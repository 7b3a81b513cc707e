import { RequestError } from './request-error';

/** Far above anything useful, and far below what the parser's recursion bears. */
const MAX_NESTING = 200;

const STRINGS_COMMENTS_AND_BRACKETS = /"""[^]*?"""|"(?:\\.|[^"\\\n\r])*"|#[^\n\r]*|[{[(]|[}\])]/g;

/** @throws RequestError for a query whose brackets nest so deeply that parsing it would exhaust the stack. */
export function refuseDeepNesting(query: unknown): void {
  if (typeof query !== 'string') return;
  let nesting = 0;
  for (const [token] of query.matchAll(STRINGS_COMMENTS_AND_BRACKETS)) {
    if ('{[('.includes(token)) nesting += 1;
    else if (token === '}' || token === ']' || token === ')') nesting -= 1;
    if (nesting > MAX_NESTING) {
      throw new RequestError(
        400,
        'GRAPHQL_PARSE_FAILED',
        `The query nests brackets more than ${MAX_NESTING} deep`,
      );
    }
  }
}
