import type { SystemMapping } from '../mapping/system-mapping';
import { compileDossiers, type ReadDossier } from '../values/read-dossier';
import { compileProcedures, type ReadProcedure } from '../values/read-procedure';
import type { MatchProcedure } from '../values/procedure-matcher';
import { copiedFromSql } from './copied-from-sql';
import type { Collection, LocatedRecord } from './record-reader';

export type RowReader = (located: LocatedRecord) => ReadDossier | ReadProcedure;

/** The dossiers of a mapping as records give them; undefined where the system has none. */
export function copiedDossiersOf(mapping: SystemMapping) {
  if (mapping.dossiers === undefined) return undefined;
  return mapping.kind === 'sql' ? copiedFromSql(mapping.dossiers) : mapping.dossiers;
}

/** Which lists of a system are copied: the dossiers of a live database are not. */
export function copiedCollections(mapping: SystemMapping): readonly Collection[] {
  const isLive = mapping.kind === 'sql' && mapping.mode === 'live';
  // Catalogues first: dossiers may name their procedures.
  return [
    ...(mapping.procedures === undefined ? [] : (['procedures'] as const)),
    ...(mapping.dossiers === undefined || isLive ? [] : (['dossiers'] as const)),
  ];
}

/** Reads the rows of one collection; `matchProcedure` is for dossiers that name their procedure. */
export function compileRows(
  mapping: SystemMapping,
  collection: Collection,
  matchProcedure?: MatchProcedure,
): RowReader {
  if (collection === 'procedures') {
    if (mapping.procedures === undefined) throw new TypeError(`${mapping.system} has no catalogue to copy`);
    return compileProcedures(mapping.procedures, mapping.agencies);
  }
  const dossiers = copiedDossiersOf(mapping);
  if (dossiers === undefined) throw new TypeError(`${mapping.system} has no dossiers to copy`);
  return compileDossiers(dossiers, matchProcedure === undefined ? {} : { matchProcedure });
}
