import type { Place } from './place';
import type { PlaceFilter } from './place-filter';

export interface PlaceOnDay {
  readonly code: string;
  readonly day: string;
}

/** Lists answer in the order of their keys, one item for each. */
export interface PlaceStore {
  /** The version of the code that is valid on the day; null when none is. */
  findMany(places: readonly PlaceOnDay[]): Promise<readonly (Place | null)[]>;
  /** Those valid on the day, by code. */
  list(filter: PlaceFilter, day: string): Promise<readonly Place[]>;
  childrenOf(parents: readonly PlaceOnDay[]): Promise<readonly (readonly Place[])[]>;
  /** The units that went into each version. */
  predecessorsOf(
    places: readonly Pick<Place, 'code' | 'validFrom'>[],
  ): Promise<readonly (readonly Place[])[]>;
}
