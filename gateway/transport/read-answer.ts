import { type CallFailure, notGraphql } from './call-failure';
import { type SubgraphAnswer, readSubgraphAnswer } from './subgraph-answer';

/** The answer in a body's text, a new one at each reading; or why there is none. */
export function readAnswer(text: string, statusCode: number): SubgraphAnswer | CallFailure {
  if (text === '') return notGraphql(statusCode, 'its body is empty');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    return notGraphql(statusCode, 'its body is not whole JSON');
  }
  const answer = readSubgraphAnswer(body);
  if (answer === null) {
    return notGraphql(statusCode, Array.isArray(body) ? 'its body is a JSON list' : undefined);
  }
  const isWrongStatus = statusCode < 200 || statusCode > 299;
  return isWrongStatus && answer.errors === undefined ? notGraphql(statusCode) : answer;
}
