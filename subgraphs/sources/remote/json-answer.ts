import { SourceProblem } from '../source-problem';
import { looksLikeHtml } from './http-status';
import type { ServiceAnswer } from './service-http';

/**
 * By what came, not by its content type, which many services get wrong (JSON as text/html). Whole numbers beyond 2^53 become texts.
 * @throws SourceProblem SOURCE_BAD_ANSWER, without a letter of the answer, which may be personal
 */
export function parseJsonAnswer(
  { text, contentType }: Pick<ServiceAnswer, 'text' | 'contentType'>,
  place: string,
): unknown {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    const answer: unknown = LONG_NUMBER.test(body) ? JSON.parse(body, exactNumber) : JSON.parse(body);
    return answer;
  } catch (cause) {
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `${place}: ${whatCame(body, contentType)}`,
      place,
      withoutText(cause),
    );
  }
}

/** A reviver makes parsing some times slower, so only where one is needed. */
const LONG_NUMBER = /\d{16}/;

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  return context?.source ?? value;
}

function whatCame(body: string, contentType: string): string {
  const type = contentType === '' ? 'no content type' : contentType.split(';', 1)[0];
  if (body.trim() === '') return `an empty answer (${type}) instead of JSON`;
  if (looksLikeHtml(body))
    return `an HTML page (${type}) instead of JSON: a log-in form, or an error of a proxy`;
  return `an answer of ${body.length} letters (${type}) that is not JSON, or not whole`;
}

/** V8 quotes the text around the mistake. */
function withoutText(cause: unknown): unknown {
  return cause instanceof SyntaxError ? undefined : cause;
}
