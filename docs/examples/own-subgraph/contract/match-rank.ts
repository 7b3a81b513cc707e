/** How the words of a query stand in a name: a run is side by side and in the order of the query. */
const RUN_OF_WORDS = '0';
const RUN_OF_BEGINNINGS = '1';
const SCATTERED = '2';

const COUNT_DIGITS = 4;
const MAX_COUNT = 10 ** COUNT_DIGITS - 1;

/**
 * How near a name is to a query, as an ASCII text of fixed width whose bytewise order is the nearest first: how the words
 * of the query stand in the name, then how many words of the name it does not speak of. It is made of the folded words of
 * the two and nothing else, so it does not depend on which rows a system holds beside this one.
 */
export function matchRank(queryWords: readonly string[], nameWords: readonly string[]): string {
  const count = Math.min(countOtherWords(queryWords, nameWords), MAX_COUNT);
  return runOf(queryWords, nameWords) + String(count).padStart(COUNT_DIGITS, '0');
}

function runOf(queryWords: readonly string[], nameWords: readonly string[]): string {
  let best = SCATTERED;
  for (let start = 0; start + queryWords.length <= nameWords.length; start++) {
    const here = runAt(start, queryWords, nameWords);
    if (here === RUN_OF_WORDS) return here;
    if (here < best) best = here;
  }
  return best;
}

function runAt(start: number, queryWords: readonly string[], nameWords: readonly string[]): string {
  let run = RUN_OF_WORDS;
  for (let i = 0; i < queryWords.length; i++) {
    const queryWord = queryWords[i] ?? '';
    const nameWord = nameWords[start + i] ?? '';
    if (nameWord === queryWord) continue;
    if (!nameWord.startsWith(queryWord)) return SCATTERED;
    run = RUN_OF_BEGINNINGS;
  }
  return run;
}

/** As often as they stand there: a long name is far from a short query even when it repeats itself. */
function countOtherWords(queryWords: readonly string[], nameWords: readonly string[]): number {
  let count = 0;
  for (let i = leadingLength(nameWords); i < nameWords.length; i++) {
    if (!isBegunByOneOf(queryWords, nameWords[i] ?? '')) count++;
  }
  return count;
}

// A loop, not `some`: this runs for every word of every name found.
function isBegunByOneOf(queryWords: readonly string[], nameWord: string): boolean {
  for (const queryWord of queryWords) if (nameWord.startsWith(queryWord)) return true;
  return false;
}

/**
 * Hundreds of names begin with "thủ tục" or "thủ tục hành chính", and hundreds of their kind do not: the words say nothing,
 * so they do not count against a name.
 */
function leadingLength([first, second, third, fourth]: readonly string[]): number {
  if (first !== 'thu' || second !== 'tuc') return 0;
  return third === 'hanh' && fourth === 'chinh' ? 4 : 2;
}
