import { looksLikeHtml } from '../remote/http-status';
import { SourceProblem } from '../source-problem';

/**
 * SOAP forbids document type declarations, and entities (those that blow up, and those that point at files) can only be declared there.
 * @throws SourceProblem SOURCE_BAD_ANSWER
 */
export function requireHarmlessXml(text: string, place: string): void {
  if (looksLikeHtml(text)) {
    throw bad(`${place}: an HTML page instead of XML: a log-in form, or an error of a proxy`, place);
  }
  if (!/^[\s\ufeff]*</.test(text)) {
    throw bad(
      `${place}: ${text.trim() === '' ? 'an empty answer' : `an answer of ${text.length} letters`} that is not XML`,
      place,
    );
  }
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) {
    throw bad(
      `${place}: the XML has a document type declaration, which SOAP forbids and which is not read`,
      place,
    );
  }
}

/** A document that the WSDL library can read without falling over. @throws SourceProblem SOURCE_BAD_ANSWER */
export function requireWsdl(text: string, place: string): void {
  requireHarmlessXml(text, place);
  const isWsdl = /<(?:[\w.-]+:)?(?:definitions|schema)[\s>/]/.test(text.replaceAll(/<!--[\s\S]*?-->/g, ''));
  if (!isWsdl) throw bad(`${place}: XML that is no WSDL (it has no element "definitions")`, place);
}

function bad(message: string, place: string): SourceProblem {
  return new SourceProblem('SOURCE_BAD_ANSWER', message, place);
}
