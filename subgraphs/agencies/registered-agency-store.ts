import { explainUnknownAgency } from '../../schema/agency-code-hint';
import { matchesSearch, searchWords } from '../../schema/vietnamese-text';
import type { Agency } from './agency';
import type { AgencyData, SuccessionRow } from './agency-data';
import type { AgencyFilter } from './agency-filter';
import type { AgencyStore } from './agency-store';
import type { Succession } from './succession';
import { isValidAt } from './valid-at';

/** Answers from the registered data in memory. */
export function createRegisteredAgencyStore(data: AgencyData): AgencyStore {
  return {
    findMany: (codes) => answer(codes, (code) => data.agencyByCode.get(code) ?? null),
    // Async, so that an unknown code is a rejection and never a throw in the caller's face.
    list: async (filter, day) => {
      const matches = toPredicate(filter, data);
      return data.agencies.filter((agency) => isValidAt(agency, day) && matches(agency));
    },
    childrenOf: (parents) =>
      answer(parents, ({ code, day }) =>
        (data.childrenOf.get(code) ?? []).filter((agency) => isValidAt(agency, day)),
      ),
    successorsOf: (codes) => answer(codes, (code) => (data.successionsFrom.get(code) ?? []).map(toSuccessor)),
    predecessorsOf: (codes) =>
      answer(codes, (code) => (data.successionsTo.get(code) ?? []).map(toPredecessor)),
    sitesOf: (codes) => answer(codes, (code) => data.siteByAgency.get(code) ?? null),
  };
}

function answer<Key, Row>(keys: readonly Key[], find: (key: Key) => Row): Promise<readonly Row[]> {
  return Promise.resolve(keys.map(find));
}

function toPredicate(filter: AgencyFilter, data: AgencyData): (agency: Agency) => boolean {
  const { codes, level, group, text, hasProcedures, hasSite } = filter;
  const chosen = codes == null ? null : new Set(codes.map((code) => knownAgency(code, data)));
  const words = text == null ? [] : searchWords(text);
  return (agency) =>
    (chosen === null || chosen.has(agency)) &&
    (level == null || agency.level === level) &&
    (group == null || agency.group === group) &&
    (hasProcedures == null || agency.hasProcedures === hasProcedures) &&
    (hasSite == null || data.siteByAgency.has(agency.code) === hasSite) &&
    matchesSearch(words, agency.nameWords);
}

function knownAgency(code: string, data: AgencyData): Agency {
  const agency = data.agencyByCode.get(code);
  if (agency === undefined) throw explainUnknownAgency(code, data.agencies);
  return agency;
}

function toSuccessor(row: SuccessionRow): Succession {
  return { ...facts(row), name: row.successorName, agencyCode: row.successorCode };
}

function toPredecessor(row: SuccessionRow): Succession {
  return { ...facts(row), name: row.predecessorName, agencyCode: row.predecessorCode };
}

function facts({ effectiveDate, functionScope, basis, certainty }: SuccessionRow) {
  return { effectiveDate, functionScope, basis, certainty };
}
