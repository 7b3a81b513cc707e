import type { Random } from './random';

/** Draws items in proportion to their weights, in logarithmic time. Throws when no item has a weight. */
export function createWeightedChoice<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
): (random: Random) => Item {
  const weighted = items.filter((item) => weightOf(item) > 0);
  const limits: number[] = [];
  let total = 0;
  for (const item of weighted) limits.push((total += weightOf(item)));
  if (total <= 0) throw new RangeError('There is nothing to choose from');

  return (random) => {
    const point = random.next() * total;
    let low = 0;
    let high = limits.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // `middle` lies between two indices of the array.
      if ((limits[middle] as number) <= point) low = middle + 1;
      else high = middle;
    }
    // `low` is an index of the array, which is not empty.
    return weighted[low] as Item;
  };
}
