import { readEnvelope, requireGood, type EnvelopeMapping } from '../remote/envelope';
import { looksLikeHtml, requireGoodStatus } from '../remote/http-status';
import { saidByService } from '../remote/said-by-service';
import type { Attempt } from '../remote/service-auth';
import { isKeyed } from '../remote/value-at';
import { SourceProblem } from '../source-problem';
import { requireHarmlessXml } from './harmless-xml';
import type { SendSoap, SoapReply, UnreadableReply } from './soap-port';

/** Looks at a reply before the library parses it: whatever is no harmless XML, or is refused by HTTP, never gets there. */
export function judged(send: SendSoap, place: string): SendSoap {
  return async (request) => {
    const reply = await send(request);
    // A fault comes with HTTP 500, or 400 in SOAP 1.2, and says more than the status.
    if (!isFault(reply)) requireGoodStatus(reply.status, place);
    requireHarmlessXml(reply.text, place);
    return reply;
  };
}

function isFault({ status, text }: SoapReply): boolean {
  return (status === 500 || status === 400) && !looksLikeHtml(text) && FAULT.test(text);
}

const FAULT = /<(?:[\w.-]+:)?Fault[\s>]/;
const FAULT_CODE = /<(?:[\w.-]+:)?(?:faultcode|Value)[^>]*>([^<]*)</;
const FAULT_TEXT = /<(?:[\w.-]+:)?(?:faultstring|Text)[^>]*>(?:<!\[CDATA\[)?([^<\]]*)/;
const FIRST_OF_BODY = /<(?:[\w.-]+:)?Body[^>]*>(?:\s|<!--[^>]*-->)*<(?:[\w.-]+:)?([\w.-]+)/;

interface JudgedReply {
  readonly answer: unknown;
  readonly reply: SoapReply;
  readonly operation: string;
  readonly envelope: EnvelopeMapping | undefined;
  readonly place: string;
}

/** @throws SourceProblem for an answer that is not the one the WSDL promises, or whose envelope says error */
export function judgeReply({ answer, reply, operation, envelope, place }: JudgedReply): Attempt<unknown> {
  // Without a body the library gives the whole document.
  if (!isKeyed(answer) || firstElement(reply) === undefined) throw otherElement(reply, operation, place);
  requireGood(readEnvelope(answer, envelope, place), place);
  return { answer };
}

/** A refusal of credentials may be healed by new ones; any other problem is the caller's. */
export function refusalOf(error: unknown): { readonly refusal: SourceProblem } {
  if (error instanceof SourceProblem && error.code === 'SOURCE_REFUSED') return { refusal: error };
  throw error;
}

export function unreadableProblem(
  { reply }: UnreadableReply,
  operation: string,
  place: string,
): SourceProblem {
  if (FAULT.test(reply.text)) {
    const code = saidByService(FAULT_CODE.exec(reply.text)?.[1]);
    const words = saidByService(FAULT_TEXT.exec(reply.text)?.[1]);
    return bad(
      `${place}: the service answers with the fault ${code}${words === '' ? '' : ` (${words})`}`,
      place,
    );
  }
  if (reply.text === '')
    return bad(`${place}: the WSDL describes the operation in a way that cannot be followed`, place);
  return otherElement(reply, operation, place);
}

function otherElement(reply: SoapReply, operation: string, place: string): SourceProblem {
  const element = firstElement(reply);
  if (element === undefined) return bad(`${place}: the XML has no SOAP body, or is not whole`, place);
  return bad(
    `${place}: the answer to ${operation} is the element "${element}", and either the WSDL promises another or it is empty or not whole`,
    place,
  );
}

function firstElement({ text }: SoapReply): string | undefined {
  return FIRST_OF_BODY.exec(text)?.[1];
}

function bad(message: string, place: string): SourceProblem {
  return new SourceProblem('SOURCE_BAD_ANSWER', message, place);
}
