import type { OpenCopy } from '../sources/copy/open-copy';
import type { ProcedureMapping } from '../sources/dossiers/dossier-mapping';
import type { ProcedureOfName } from '../sources/sql/live/resolve-texts';
import {
  createProcedureMatcher,
  matchedCode,
  type MatchProcedure,
  type NamedProcedure,
} from '../sources/values/procedure-matcher';

/** The code of a procedure that a dossier has by name: by the system's own catalogue where it has one, else by the province's. Doubtful is none. */
export function procedureOfName(
  { minScore, decided }: NonNullable<ProcedureMapping['byName']>,
  copy: OpenCopy | null,
  province: () => readonly NamedProcedure[],
): ProcedureOfName {
  let matcher: MatchProcedure | null = null;
  copy?.copier.onFinished(({ collection, isChanged }) => {
    if (collection === 'procedures' && isChanged) matcher = null;
  });
  const create = () =>
    createProcedureMatcher(copy?.catalogue ? copy.store.procedures() : province(), { minScore, decided });
  return (name) => matchedCode((matcher ??= create()), name);
}
