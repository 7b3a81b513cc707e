import DataLoader from 'dataloader';
import { placeVersionKey } from './agency-data';
import type { Place } from './place';
import type { PlaceOnDay, PlaceStore } from './place-store';

export interface PlaceLoaders {
  readonly place: DataLoader<PlaceOnDay, Place | null, string>;
  readonly placeChildren: DataLoader<PlaceOnDay, readonly Place[], string>;
  readonly placePredecessors: DataLoader<Pick<Place, 'code' | 'validFrom'>, readonly Place[], string>;
}

export function createPlaceLoaders(places: PlaceStore): PlaceLoaders {
  const cacheKeyFn = ({ code, day }: PlaceOnDay) => `${code}@${day}`;
  return {
    place: new DataLoader((keys) => places.findMany(keys), { cacheKeyFn }),
    placeChildren: new DataLoader((keys) => places.childrenOf(keys), { cacheKeyFn }),
    placePredecessors: new DataLoader((keys) => places.predecessorsOf(keys), {
      cacheKeyFn: ({ code, validFrom }) => placeVersionKey(code, validFrom),
    }),
  };
}
