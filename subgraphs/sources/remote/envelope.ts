import type { RestConnection } from '../mapping/connections';
import { SourceProblem } from '../source-problem';
import { saidByService } from './said-by-service';
import { namesIn, valueAt } from './value-at';

export type EnvelopeMapping = NonNullable<RestConnection['envelope']>;

/** What an envelope says of its own answer. */
export type EnvelopeVerdict =
  | { readonly kind: 'good' }
  /** The token is no longer good. */
  | { readonly kind: 'unauthorized'; readonly said: string }
  | { readonly kind: 'error'; readonly said: string };

/** @throws SourceProblem when there is no code where the envelope should have one. */
export function readEnvelope(
  answer: unknown,
  envelope: EnvelopeMapping | undefined,
  place: string,
): EnvelopeVerdict {
  if (envelope === undefined) return { kind: 'good' };
  const code = valueAt(answer, envelope.codePath);
  if (typeof code !== 'string' && typeof code !== 'number' && typeof code !== 'boolean') {
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `${place}: the answer has no code at "${envelope.codePath}"; it has: ${namesIn(answer)}`,
      place,
    );
  }
  const text = String(code);
  if (envelope.ok.some((good) => String(good) === text)) return { kind: 'good' };
  const said = saidWith(
    text,
    envelope.messagePath === undefined ? null : valueAt(answer, envelope.messagePath),
  );
  const isUnauthorized = envelope.unauthorized.some((one) => String(one) === text);
  return { kind: isUnauthorized ? 'unauthorized' : 'error', said };
}

function saidWith(code: string, message: unknown): string {
  const words = saidByService(message);
  return `code ${saidByService(code)}${words === '' ? '' : ` (${words})`}`;
}

/** @throws SourceProblem for any verdict that is not good. */
export function requireGood(verdict: EnvelopeVerdict, place: string): void {
  if (verdict.kind === 'good') return;
  const code = verdict.kind === 'unauthorized' ? 'SOURCE_REFUSED' : 'SOURCE_BAD_ANSWER';
  throw new SourceProblem(code, `${place}: the service answers with error ${verdict.said}`, place);
}
