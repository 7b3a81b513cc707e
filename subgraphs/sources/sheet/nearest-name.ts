import { foldForSearch } from '../../../schema/vietnamese-text';

/** The name that was most likely meant; null when none is near. */
export function nearestName(sought: string, names: readonly string[]): string | null {
  const folded = foldForSearch(sought);
  let nearest: string | null = null;
  // Half of the letters wrong is another name.
  let least = Math.floor(folded.length / 2) + 1;
  for (const name of names) {
    const distance = editDistance(folded, foldForSearch(name));
    if (distance < least) [nearest, least] = [name, distance];
  }
  return nearest;
}

/** Letters to add, drop or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
