import type { AgencyDirectory } from '../../schema/agency-directory';

/** `1.001193.000.00.00.H23` and `1.001193.H23`: how provinces write a national code (domain.md 4.1). */
const PROVINCIAL_FORM = /^(\d\.\d{6})\.(?:000\.00\.00\.)?(H\d{2})$/;

/**
 * The codes a client's text may mean, the text itself first. The stem of a provincial form counts only under a province of
 * this installation: another province's row is another row.
 */
export function codesMeant(text: string, directory: AgencyDirectory): readonly string[] {
  const [, stem, province] = PROVINCIAL_FORM.exec(text) ?? [];
  if (stem === undefined || province === undefined || directory.find(province) === undefined) return [text];
  return [text, stem];
}
