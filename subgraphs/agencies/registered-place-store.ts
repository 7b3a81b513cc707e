import { matchesSearch, searchWords } from '../../schema/vietnamese-text';
import { type AgencyData, placeVersionKey } from './agency-data';
import type { Place } from './place';
import type { PlaceFilter } from './place-filter';
import type { PlaceStore } from './place-store';
import { isValidAt } from './valid-at';

/** Answers from the registered data in memory. */
export function createRegisteredPlaceStore(data: AgencyData): PlaceStore {
  return {
    findMany: (places) =>
      answer(
        places,
        ({ code, day }) =>
          (data.placeVersions.get(code) ?? []).find((place) => isValidAt(place, day)) ?? null,
      ),
    list: (filter, day) => {
      const matches = toPredicate(filter);
      return Promise.resolve(data.places.filter((place) => isValidAt(place, day) && matches(place)));
    },
    childrenOf: (parents) =>
      answer(parents, ({ code, day }) =>
        (data.placesUnder.get(code) ?? []).filter((place) => isValidAt(place, day)),
      ),
    predecessorsOf: (places) =>
      answer(places, ({ code, validFrom }) => data.placesBefore.get(placeVersionKey(code, validFrom)) ?? []),
  };
}

function answer<Key, Row>(keys: readonly Key[], find: (key: Key) => Row): Promise<readonly Row[]> {
  return Promise.resolve(keys.map(find));
}

function toPredicate({ codes, level, parent, text }: PlaceFilter): (place: Place) => boolean {
  const chosen = codes == null ? null : new Set(codes);
  const words = text == null ? [] : searchWords(text);
  return (place) =>
    (chosen === null || chosen.has(place.code)) &&
    (level == null || place.level === level) &&
    (parent == null || place.parentCode === parent) &&
    matchesSearch(words, place.nameWords);
}
