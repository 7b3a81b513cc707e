/** Shorter words have too many neighbours: "an" is near to half of the syllables there are. */
const SHORTEST_TYPO = 4;

/** Words that are one typing error away from a word: a letter more, less, another, or two that changed places. */
export class NearWords {
  /** Word of the vocabulary by what is left when one letter is taken out. */
  readonly #byRemainder = new Map<string, string[]>();

  constructor(vocabulary: Iterable<string>) {
    for (const word of vocabulary) {
      if (word.length < SHORTEST_TYPO) continue;
      for (const remainder of remainders(word)) {
        const words = this.#byRemainder.get(remainder);
        if (words === undefined) this.#byRemainder.set(remainder, [word]);
        else words.push(word);
      }
    }
  }

  of(word: string): readonly string[] {
    if (word.length < SHORTEST_TYPO) return [];
    const candidates = remainders(word).flatMap((remainder) => this.#byRemainder.get(remainder) ?? []);
    return [...new Set(candidates)].filter((candidate) => isOneErrorAway(word, candidate));
  }
}

function remainders(word: string): readonly string[] {
  return [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))];
}

function isOneErrorAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
