import { requireThat } from './conformance-check';
import { type Endpoint, type GraphqlQuestion, isJsonObject } from './endpoint';

/** A request that must be refused: errors as GraphQL has them, and nothing under `field`. Throws CheckFailure. */
export async function requireRefused(
  endpoint: Endpoint,
  question: GraphqlQuestion,
  what: string,
  field?: string,
): Promise<void> {
  const { body, status, text } = await endpoint.ask(question);
  const got = `HTTP ${status}: ${text}`;
  const errors = body?.['errors'];
  requireThat(Array.isArray(errors) && errors.length > 0, question, `${what} is refused with "errors"`, got);
  requireThat(
    errors.every((error) => isJsonObject(error) && typeof error['message'] === 'string'),
    question,
    'errors that have a "message"',
    got,
  );
  requireThat(status < 500, question, `${what} is the caller's mistake: a status below 500`, got);
  const data = body?.['data'];
  const value = field !== undefined && isJsonObject(data) ? data[field] : (data ?? null);
  requireThat(value === null || value === undefined, question, `${what} gives no data`, got);
}
