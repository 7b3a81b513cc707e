import type { AgencyRecord } from '../../schema/agency-directory';
import type { AgencyData } from './agency-data';

/** The agencies as the gateway's directory knows them: codes, parents and successors that are agencies here. */
export function toAgencyDirectoryRecords(data: AgencyData): AgencyRecord[] {
  return data.agencies.map(({ code, codes, parentCode, validFrom, validTo }) => ({
    code,
    codes,
    parent: parentCode,
    validFrom,
    validTo,
    successors: successorsOf(code, data),
  }));
}

/** Once for each successor and day: a directory does not tell functions apart. */
function successorsOf(code: string, data: AgencyData): AgencyRecord['successors'] {
  const links = (data.successionsFrom.get(code) ?? []).flatMap(({ successorCode, effectiveDate }) =>
    successorCode === null ? [] : [{ code: successorCode, effectiveDate }],
  );
  return [...new Map(links.map((link) => [`${link.code}@${link.effectiveDate}`, link])).values()];
}
