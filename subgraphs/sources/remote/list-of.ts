import type { Collection } from '../copy/record-reader';
import type { RestSystem, SoapSystem } from '../mapping/system-mapping';
import { namesOfDossiers, namesOfProcedures } from '../values/record-names';
import type { RemoteList } from './read-list';
import { requiredOfDossiers, requiredOfProcedures } from './required-names';

/** A collection of a service's mapping as a list to read; null when the system has none. */
export function remoteListOf<System extends RestSystem | SoapSystem>(
  { dossiers, procedures }: System,
  collection: Collection,
  labelOf: (from: NonNullable<System[Collection]>['from']) => string,
): RemoteList | null {
  if (collection === 'dossiers') {
    return dossiers === undefined
      ? null
      : {
          label: labelOf(dossiers.from),
          from: dossiers.from,
          names: namesOfDossiers(dossiers),
          required: requiredOfDossiers(dossiers),
          codeName: dossiers.code,
          updatedAt: readable(dossiers),
        };
  }
  return procedures === undefined
    ? null
    : {
        label: labelOf(procedures.from),
        from: procedures.from,
        names: namesOfProcedures(procedures),
        required: requiredOfProcedures(procedures),
        codeName: procedures.columns.code,
        updatedAt: readable(procedures),
      };
}

/** The mark cannot be read from a computed column: expressions are not evaluated here. */
function readable({
  updatedAt,
  computed,
}: Pick<NonNullable<RestSystem['dossiers']>, 'updatedAt' | 'computed'>) {
  return updatedAt === null || Object.hasOwn(computed, updatedAt.column) ? null : updatedAt;
}
