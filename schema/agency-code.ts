/**
 * The three schemes of agency identifiers. QCVN 102:2016/BTTTT writes the province last and always four parts
 * (`000.00.X04.H23`); Decision 20/2020/QĐ-TTg writes it first (`H23.X04`), and so does its successor, Decision 19/2025/QĐ-TTg.
 */
export type AgencyCodeScheme = 'QCVN_102_2016' | 'QD_20_2020' | 'QD_19_2025';

/** One identifier an agency has or had. Texts are looked up, never rewritten from one scheme into another. */
export interface AgencyCode {
  readonly scheme: AgencyCodeScheme;
  readonly text: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Made up for a demonstration, because the real one is not public. */
  readonly fictitious: boolean;
}

const QCVN_102_2016 = /^[0-9A-Z]{3}\.[0-9A-Z]{2,3}\.[0-9A-Z]{2,3}\.[A-Z]\d{2}$/;
const QD_20_2020 = /^[A-Z]\d{2}(\.[0-9A-Z]+){0,3}$/;

/**
 * The scheme that a text has the shape of; null when it has none. Shape only: whether the code exists is the directory's to say.
 * The two decisions share one shape and the shape answers the older, so only the directory knows a `QD_19_2025` code.
 */
export function schemeOf(text: string): AgencyCodeScheme | null {
  if (QCVN_102_2016.test(text)) return 'QCVN_102_2016';
  return QD_20_2020.test(text) ? 'QD_20_2020' : null;
}
