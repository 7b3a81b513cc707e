import type { AgencyDirectory } from '../../schema/agency-directory';
import { ConfigError } from '../../schema/runtime/config-error';
import type { AgencyMapping } from '../sources/dossiers/dossier-mapping';
import type { SystemMapping } from '../sources/mapping/system-mapping';

/**
 * The mapping with every agency by its canonical code, as rows must have it: a file may write either notation. Throws a ConfigError that
 * names each code that the directory does not know, by its place.
 */
export function withCanonicalAgencies(
  file: string,
  mapping: SystemMapping,
  directory: AgencyDirectory,
): SystemMapping {
  const mistakes: string[] = [];
  const canonical = (place: string, code: string): string => {
    const agency = directory.find(code);
    if (agency === undefined) mistakes.push(`${place}: "${code}" is no agency of the directory`);
    return agency?.code ?? code;
  };
  const agencyOf = <Mapping extends AgencyMapping | null | undefined>(
    place: string,
    agency: Mapping,
  ): Mapping => {
    if (agency === null || agency === undefined) return agency;
    return 'constant' in agency
      ? { ...agency, constant: canonical(place, agency.constant) }
      : {
          ...agency,
          values: Object.fromEntries(
            Object.entries(agency.values).map(([text, code]) => [text, canonical(`${place}.values`, code)]),
          ),
        };
  };
  const { dossiers, procedures } = mapping;
  const changed = {
    ...mapping,
    agencies: mapping.agencies.map((code) => canonical('agencies', code)),
    ...(dossiers && {
      dossiers: {
        ...dossiers,
        receivingAgency: agencyOf('dossiers.receivingAgency', dossiers.receivingAgency),
        handlingAgency: agencyOf('dossiers.handlingAgency', dossiers.handlingAgency),
      },
    }),
    ...(procedures && {
      procedures: { ...procedures, publishedBy: agencyOf('procedures.publishedBy', procedures.publishedBy) },
    }),
  };
  if (mistakes.length > 0) throw new ConfigError(file, mistakes);
  // Only codes were changed: the kind, and all that goes with it, is as it was.
  return changed as SystemMapping;
}
