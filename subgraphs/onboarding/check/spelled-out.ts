import type { AgencyMapping, StatusMapping } from '../../sources/dossiers/dossier-mapping';
import type { DistinctTextsParts } from '../../sources/sql/live/distinct-texts';
import { resolveTexts } from '../../sources/sql/live/resolve-texts';
import type { ReadableDossiers } from './readable-dossiers';

/** Stand where a column is missing: they name no column that could be asked for. */
const NO_AGENCY: AgencyMapping = { constant: '-' };
const NO_STATUS: StatusMapping = { columns: ['-'], match: 'exact', values: [] };

/** The mapping with every spelling that the system has of what is matched folded: as the system is served. */
export async function spelledOut(
  mapping: ReadableDossiers,
  parts: DistinctTextsParts,
  place: string,
): Promise<ReadableDossiers> {
  const { receivingAgency, status, dates, code } = mapping;
  const whole = {
    ...mapping,
    code: code ?? '-',
    receivingAgency: receivingAgency ?? NO_AGENCY,
    status: status ?? NO_STATUS,
    // Dates are not looked at.
    dates: { ...dates, received: dates.received ?? { column: '-', ...NO_DATE } },
    procedure: null,
  };
  const { mapping: resolved } = await resolveTexts(parts, whole, () => null, place);
  return {
    ...mapping,
    receivingAgency: receivingAgency && resolved.receivingAgency,
    handlingAgency: resolved.handlingAgency,
    channel: resolved.channel,
    status: status && resolved.status,
    steps: resolved.steps,
  };
}

const NO_DATE = { format: 'iso', earliest: '1900-01-01', latest: '2199-12-31', nullAs: null } as const;
