import { z } from 'zod';
import type { SuccessionRow } from './agency-data';
import type { RegisteredAgency } from './read-agencies';
import { optionalText, readCsv } from './read-csv';
import { dayAfter, dayBefore, optionalDay } from './written-date';

const successionRow = z.object({
  predecessor_key: z.string().min(1),
  successor_key: z.string().min(1),
  effective_date: optionalDay,
  function_scope: z.string(),
  basis: optionalText,
  certainty: optionalText,
});
type WrittenSuccession = z.output<typeof successionRow> & { readonly effective_date: string };

/**
 * Who took over which function, when. A row for a group of predecessors becomes one row for each; an agency that ended and
 * that no row names keeps what its own line says about its successor, so no ended agency is a dead end.
 */
export function readSuccessions(
  file: string,
  registered: readonly RegisteredAgency[],
): readonly SuccessionRow[] {
  const rows = readCsv(file, successionRow).filter(isDated);
  const written = rows.flatMap((row) =>
    predecessorsOf(row, registered).map((predecessor) => toSuccession(row, predecessor, registered)),
  );
  const known = new Set(written.map(({ predecessorCode }) => predecessorCode));
  const rest = registered.filter(({ agency }) => !known.has(agency.code)).flatMap(fromOwnLine);
  return [...written, ...rest];
}

function isDated(row: z.output<typeof successionRow>): row is WrittenSuccession {
  if (row.effective_date === null)
    throw new Error(`The succession of "${row.predecessor_key}" has no effective_date`);
  return true;
}

function predecessorsOf(
  row: WrittenSuccession,
  registered: readonly RegisteredAgency[],
): readonly RegisteredAgency[] {
  const found = registered.filter(
    isGroup(row.predecessor_key) ? isMemberOf(row) : ({ agency }) => agency.key === row.predecessor_key,
  );
  if (found.length === 0) throw new Error(`No agency is meant by the predecessor "${row.predecessor_key}"`);
  return found;
}

function isGroup(key: string): boolean {
  return key.startsWith('(');
}

/** The two groups the file writes in words; members are those that ended on the eve of the change. */
function isMemberOf(row: WrittenSuccession): (registered: RegisteredAgency) => boolean {
  const eve = dayBefore(row.effective_date);
  if (/^\(each .*department\)$/.test(row.predecessor_key)) {
    return ({ agency }) => agency.group === 'SPECIALISED' && agency.validTo === eve;
  }
  if (/^\(\d+ district committees\)$/.test(row.predecessor_key)) {
    return ({ agency }) => agency.level === 'DISTRICT' && agency.validTo === eve;
  }
  throw new Error(`The group "${row.predecessor_key}" of predecessors is not known`);
}

function toSuccession(
  row: WrittenSuccession,
  predecessor: RegisteredAgency,
  registered: readonly RegisteredAgency[],
): SuccessionRow {
  const successor = registered.find(({ agency }) => agency.key === row.successor_key)?.agency;
  return {
    predecessorCode: predecessor.agency.code,
    predecessorName: predecessor.agency.name,
    successorCode: successor?.code ?? null,
    successorName: successor?.name ?? nameInWords(row.successor_key, predecessor),
    effectiveDate: row.effective_date,
    functionScope: row.function_scope,
    basis: row.basis,
    certainty: row.certainty,
  };
}

/** "(same department of …)" is the body that the predecessor's own line names. */
function nameInWords(successorKey: string, { successorText }: RegisteredAgency): string {
  if (successorKey.startsWith('(same ') && successorText !== null) return successorText;
  return successorKey.replace(/^\((.+)\)$/, '$1');
}

function fromOwnLine({ agency, successorText }: RegisteredAgency): readonly SuccessionRow[] {
  if (agency.validTo === null || successorText === null) return [];
  return [
    {
      predecessorCode: agency.code,
      predecessorName: agency.name,
      successorCode: null,
      successorName: successorText,
      effectiveDate: dayAfter(agency.validTo),
      functionScope: 'all',
      basis: null,
      certainty: agency.certainty,
    },
  ];
}
