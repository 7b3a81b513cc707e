import type { AgencyCode, AgencyCodeScheme } from './agency-code';
import { schemeOf } from './agency-code';
import { UnknownAgencyError } from './unknown-agency-error';

/** What the hints need of an agency. */
interface CodedAgency {
  readonly code: string;
  readonly codes: readonly AgencyCode[];
}

/** QCVN codes have four parts; who wrote four parts means that notation. */
const QCVN_PARTS = 4;

/**
 * The error for a value no agency has as a code. Guessing happens only here, in a sentence for a human: the value compared with
 * every known code without regard to case, order of parts, separators and filling zeros, then without the letters a
 * province puts before its numbers (`04.00.00.H23` for `H23.X04`). Two candidates are no suggestion.
 */
export function explainUnknownAgency(value: string, agencies: readonly CodedAgency[]): UnknownAgencyError {
  const meant = onlyMatch(value, agencies, partsOf) ?? onlyMatch(value, agencies, looseParts);
  const suggestion = meant === undefined ? null : codeInNotationOf(value, meant);
  return new UnknownAgencyError(value, suggestion, examplesOf(agencies));
}

function onlyMatch(
  value: string,
  agencies: readonly CodedAgency[],
  signature: (text: string) => string,
): CodedAgency | undefined {
  const wanted = signature(value);
  if (wanted === '') return undefined;
  const matches = agencies.filter(({ code, codes }) =>
    [code, ...codes.map(({ text }) => text)].some((text) => signature(text) === wanted),
  );
  return matches.length === 1 ? matches[0] : undefined;
}

/** The parts that mean something, in no order: `000.00.X04.H23` and `h23-x04` are both `H23 X04`. */
function partsOf(text: string): string {
  return meaningfulParts(text).sort().join(' ');
}

function looseParts(text: string): string {
  const parts = meaningfulParts(text);
  return parts
    .map((part) => (/^[A-Z]\d{2}$/.test(part) && isRoot(part, parts) ? part : part.replace(/^[A-Z]*0*/, '')))
    .sort()
    .join(' ');
}

/** The province or ministry is the first or the last part, whichever way round the code was written. */
function isRoot(part: string, parts: readonly string[]): boolean {
  return /^[GH]/.test(part) && (part === parts[0] || part === parts.at(-1));
}

function meaningfulParts(text: string): string[] {
  return text
    .toUpperCase()
    .split(/[^0-9A-Z]+/)
    .filter((part) => !/^0*$/.test(part));
}

function codeInNotationOf(value: string, agency: CodedAgency): string {
  const wantsQcvn = value.trim().split(/[^0-9A-Za-z]+/).length >= QCVN_PARTS;
  const qcvn = agency.codes.find(({ scheme }) => scheme === 'QCVN_102_2016');
  return wantsQcvn && qcvn !== undefined ? qcvn.text : agency.code;
}

/** One example for each scheme, from the agency that shows most schemes; a code below the province says more than its root. */
function examplesOf(agencies: readonly CodedAgency[]): readonly AgencyCode[] {
  const best = agencies
    .filter(({ code }) => schemeOf(code) !== null)
    .toSorted((a, b) => schemesOf(b).size - schemesOf(a).size || Number(isChild(b)) - Number(isChild(a)))
    .at(0);
  if (best === undefined) return [];
  const bySchemes = new Map(best.codes.toReversed().map((code) => [code.scheme, code]));
  return [...bySchemes.values()].reverse();
}

function schemesOf(agency: CodedAgency): ReadonlySet<AgencyCodeScheme> {
  return new Set(agency.codes.map(({ scheme }) => scheme));
}

function isChild(agency: CodedAgency): boolean {
  return agency.code.includes('.');
}
