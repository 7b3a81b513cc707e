import type { AgencyDirectory } from './agency-directory';
import type { AgencyRecord } from './agency-record';
import { readDossierCodeShape } from './dossier-code-shape';

export interface DossierCode {
  /** The agency that issued the code. Who holds the dossier now is another question: see `successorsAt`. */
  readonly agency: AgencyRecord;
  /** The agency's code as written, in either notation. */
  readonly prefix: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly counter: string;
}

/**
 * Reads `<agency code>-<YYMMDD>-<counter>`. The prefix is looked up among all codes an agency has or had, exactly as written.
 * Null means opaque: a code of an old system, of an unknown agency or of another form, which is text and nothing more.
 */
export function parseDossierCode(text: string, directory: Pick<AgencyDirectory, 'find'>): DossierCode | null {
  const shape = readDossierCodeShape(text);
  const agency = shape === null ? undefined : directory.find(shape.prefix);
  return shape === null || agency === undefined ? null : { agency, ...shape };
}
