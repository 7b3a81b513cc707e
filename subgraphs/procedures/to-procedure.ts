import type { CatalogueEntry } from '../sources/catalogue/catalogue-query';
import type { ProcessingTime as SourceTime } from '../sources/catalogue/procedure-record';
import type { Procedure } from './procedure';
import type { ProcessingTime } from './processing-time';

/** The row of a day as the schema shows it. Other agencies' rows are references only. */
export function toProcedure({ record, competence, issues }: CatalogueEntry): Procedure {
  return {
    code: record.code,
    hasLocalCode: record.hasLocalCode,
    name: record.name,
    field: record.field,
    levels: record.levels,
    isEitherLevel: record.isEitherLevel,
    channels: record.channels.map(({ channel, time }) => ({ channel, time: toTime(time), fee: record.fee })),
    time: toTime(record.time),
    fee: record.fee,
    workingDays: record.workingDays,
    isOnlineAvailable: record.isOnlineAvailable,
    onlineLevel: record.onlineLevel,
    legalBasis: record.legalBasis,
    decision: record.decision,
    result: record.result,
    applicants: record.applicants,
    agency: { code: competence.agency },
    implementingAgencies: competence.implementingAgencies.map((code) => ({ code })),
    performingAgencyInSource: record.performingAgency,
    issues,
    era: record.era,
    source: record.source,
    certainty: record.certainty,
  };
}

function toTime(time: SourceTime | null): ProcessingTime | null {
  if (time === null) return null;
  return { value: time.value, unit: time.unit === 'UNIT_MISSING' ? null : time.unit };
}
