import type { ClientErrorCode } from './client-error-codes';
import type { AgencyCode } from './agency-code';
import { BadInputError } from './runtime/coded-error';

/** A client named an agency that is in no directory. Says how codes are written, and which one may be meant. */
export class UnknownAgencyError extends BadInputError {
  constructor(
    readonly value: string,
    /** The known code of nearly the same form; null when there is none, or more than one. */
    readonly suggestion: string | null,
    examples: readonly AgencyCode[],
  ) {
    super(
      [
        `No agency has the code ${JSON.stringify(value.slice(0, 80))}.`,
        ...(suggestion === null ? [] : [`Did you mean "${suggestion}"?`]),
        ...(examples.length === 0
          ? []
          : [`Codes are written ${examples.map(inWords).join(' or ')}, exactly as listed in Agency.codes.`]),
      ].join(' '),
      'UNKNOWN_AGENCY' satisfies ClientErrorCode,
    );
  }
}

const SCHEME_NAMES: Readonly<Record<AgencyCode['scheme'], string>> = {
  QCVN_102_2016: 'QCVN 102:2016/BTTTT',
  QD_20_2020: 'Decision 20/2020/QĐ-TTg',
  QD_19_2025: 'Decision 19/2025/QĐ-TTg',
};

function inWords({ scheme, text }: AgencyCode): string {
  return `like "${text}" (${SCHEME_NAMES[scheme]})`;
}
