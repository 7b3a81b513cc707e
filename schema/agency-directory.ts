import { explainUnknownAgency } from './agency-code-hint';
import type { AgencyRecord } from './agency-record';
import { compareBytewise } from './bytewise';
import { readDossierCodeShape } from './dossier-code-shape';
import { ConfigError } from './runtime/config-error';

export { parseAgencyDirectory } from './agency-record';
export type { AgencyRecord } from './agency-record';

export interface Widening {
  readonly includeChildren: boolean;
  readonly includePredecessors: boolean;
}

/** Codes may be given in either notation. All but `find` and `ownersOfPrefix` throw UnknownAgencyError for an unknown one. */
export interface AgencyDirectory {
  /** The agency that has or had exactly this code, whatever the day. */
  find(codeText: string): AgencyRecord | undefined;
  /** In the order given to `createAgencyDirectory`. */
  all(): readonly AgencyRecord[];
  /** The agencies right below. */
  children(code: string): readonly AgencyRecord[];
  /** Whoever a function came from, all the way back, nearest first; without the agency itself. */
  predecessors(code: string): readonly AgencyRecord[];
  /**
   * Who holds on `date` what this agency held: itself while it is valid (or when nobody took over), then its successors in effect,
   * each followed to the end. Never empty.
   */
  successorsAt(code: string, date: string): readonly AgencyRecord[];
  /**
   * Canonical codes, each once, bytewise sorted: the codes given and everything that children (all the way down) and predecessors
   * (all the way back) add, children of predecessors too.
   */
  expand(codes: readonly string[], widening: Widening): readonly string[];
  /** The agency that issued a dossier code of the national form; undefined for an opaque one. */
  ownersOfPrefix(dossierCode: string): AgencyRecord | undefined;
}

/** Throws ConfigError when two agencies share a code: a dossier's prefix would lead to either. */
export function createAgencyDirectory(records: readonly AgencyRecord[]): AgencyDirectory {
  const byText = indexByText(records);
  const childrenOf = groupBy(records, ({ parent }) => (parent === null ? [] : [parent]), byText);
  const predecessorsOf = groupBy(records, ({ successors }) => successors.map(({ code }) => code), byText);

  const find = (codeText: string): AgencyRecord | undefined => byText.get(codeText);
  const get = (codeText: string): AgencyRecord => {
    const record = find(codeText);
    if (record === undefined) throw explainUnknownAgency(codeText, records);
    return record;
  };
  const known = (codes: readonly string[]): readonly AgencyRecord[] =>
    codes.map(find).filter((record) => record !== undefined);

  return {
    find,
    all: () => records,
    children: (code) => childrenOf.get(get(code)) ?? [],
    predecessors: (code) => reach([get(code)], (record) => predecessorsOf.get(record) ?? []).slice(1),
    successorsAt(code, date) {
      const next = (record: AgencyRecord): readonly AgencyRecord[] => known(successorsInEffect(record, date));
      const start = get(code);
      const ends = reach([start], next).filter(
        (record) => isValidAt(record, date) || next(record).length === 0,
      );
      return ends.length > 0 ? ends : [start];
    },
    expand(codes, { includeChildren, includePredecessors }) {
      const next = (record: AgencyRecord): readonly AgencyRecord[] => [
        ...(includeChildren ? (childrenOf.get(record) ?? []) : []),
        ...(includePredecessors ? (predecessorsOf.get(record) ?? []) : []),
      ];
      return reach(codes.map(get), next)
        .map(({ code }) => code)
        .sort(compareBytewise);
    },
    ownersOfPrefix(dossierCode) {
      const shape = readDossierCodeShape(dossierCode);
      return shape === null ? undefined : find(shape.prefix);
    },
  };
}

function indexByText(records: readonly AgencyRecord[]): ReadonlyMap<string, AgencyRecord> {
  const byText = new Map<string, AgencyRecord>();
  const mistakes: string[] = [];
  for (const record of records) {
    for (const text of new Set([record.code, ...record.codes.map((code) => code.text)])) {
      const other = byText.get(text);
      if (other !== undefined)
        mistakes.push(`"${text}" is a code of "${other.code}" and of "${record.code}"`);
      byText.set(text, record);
    }
  }
  if (mistakes.length > 0) throw new ConfigError('The list of agencies', mistakes);
  return byText;
}

/** The records that point at each agency, by whatever code they name it. */
function groupBy(
  records: readonly AgencyRecord[],
  targetsOf: (record: AgencyRecord) => readonly string[],
  byText: ReadonlyMap<string, AgencyRecord>,
): ReadonlyMap<AgencyRecord, readonly AgencyRecord[]> {
  const groups = new Map<AgencyRecord, Set<AgencyRecord>>();
  for (const record of records) {
    for (const text of targetsOf(record)) {
      const target = byText.get(text);
      if (target === undefined) continue;
      groups.set(target, (groups.get(target) ?? new Set()).add(record));
    }
  }
  return new Map([...groups].map(([target, group]) => [target, [...group]]));
}

/** Everything reachable, nearest first, each once: succession by function may well run in a circle. */
function reach(
  starts: readonly AgencyRecord[],
  next: (record: AgencyRecord) => readonly AgencyRecord[],
): readonly AgencyRecord[] {
  const reached = new Set(starts);
  // A Set hands out what is added while it is walked.
  for (const record of reached) next(record).forEach((neighbour) => reached.add(neighbour));
  return [...reached];
}

function successorsInEffect({ successors }: AgencyRecord, date: string): readonly string[] {
  return successors.filter(({ effectiveDate }) => effectiveDate <= date).map(({ code }) => code);
}

function isValidAt({ validFrom, validTo }: AgencyRecord, date: string): boolean {
  return (validFrom === null || validFrom <= date) && (validTo === null || date <= validTo);
}
