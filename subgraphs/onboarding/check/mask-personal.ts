/**
 * A report is sent on, so what looks like an identity number (9 or 12 digits), a telephone number or an e-mail address is blotted out:
 * a mapping may well point at the wrong column. Codes of dossiers and procedures have their digits in shorter runs.
 */
const PERSONAL: readonly RegExp[] = [
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu,
  /(?<![\p{L}\p{N}.-])(?:\d{9}|\d{12})(?![\p{L}\p{N}-]|\.\p{N})/gu,
  /(?<![\p{L}\p{N}.-])(?:\+?84|0)(?:[ .]?\d){9}(?![\p{L}\p{N}-])/gu,
];

export const BLOT = '●●●';

export function maskPersonal(text: string): string {
  return PERSONAL.reduce((masked, pattern) => masked.replace(pattern, BLOT), text);
}
