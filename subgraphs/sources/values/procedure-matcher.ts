import { foldForMatch } from '../../../schema/vietnamese-text';
import { NearWords } from './near-words';
import { type ProcedureName, readProcedureName } from './procedure-name';

export interface NamedProcedure {
  readonly code: string;
  readonly name: string;
}

export interface ScoredProcedure extends NamedProcedure {
  readonly score: number;
}

/** A code; several that a person must choose from; or null where nothing is like it. `code: null` was decided by hand. */
export type ProcedureMatch =
  | { readonly code: string | null; readonly score: number }
  | { readonly doubtful: readonly ScoredProcedure[] }
  | null;

export type MatchProcedure = (name: string) => ProcedureMatch;

/** For a source that only wants the code; null for what is doubtful, unknown or decided to be none. */
export function matchedCode(match: MatchProcedure, name: string): string | null {
  const found = match(name);
  return found !== null && 'code' in found ? found.code : null;
}

export interface MatcherOptions {
  /** A best match below this is doubtful. */
  readonly minScore?: number;
  /** Names that were decided by hand; null says that it is no procedure of the catalogue. */
  readonly decided?: Readonly<Record<string, string | null>>;
}

/** Nothing is proposed that has less in common. */
const WORTH_TELLING = 0.5;
const MAX_TOLD = 5;
/** Names closer to each other than this in their score are equally good. */
const TIE = 0.02;
const TYPO = 0.9;
/** How much of a score the order of the words decides. */
const ORDER_SHARE = 0.1;
/** A word that makes another procedure of a name that is the same otherwise: it is in one name and not in the other. */
const DECIDING_FACTOR = 0.85;
const MAX_REMEMBERED = 50_000;

const DECIDING = new Set(
  'lai thay doi gia han sung sua dieu chinh hoi cham dut tam ngung huy khong tiep nuoc ngoai xa huyen tinh bo mot hai ba bon nam'.split(
    ' ',
  ),
);
/** Words that names have or leave out without meaning anything by it. */
const FILLERS = new Set(
  'va cua ve viec cho cac nhung tai theo boi trong tren do de la duoc thu tuc hanh chinh'.split(' '),
);
const FILLER_WEIGHT = 0.1;

interface Entry extends NamedProcedure {
  readonly read: ProcedureName;
  readonly weight: number;
}

/**
 * Finds the procedure that a name means: how many words the two have in common (rare ones count more, one typing error in a word is
 * forgiven, the order counts a little), from 0 to 1. Nothing is guessed: a best match that is too weak, or no better than the second,
 * is doubtful. Names are looked up by their words, and each distinct name once.
 */
export function createProcedureMatcher(
  catalogue: readonly NamedProcedure[],
  { minScore = 0.9, decided = {} }: MatcherOptions = {},
): MatchProcedure {
  const index = new NameIndex(catalogue);
  const byHand = new Map(Object.entries(decided).map(([name, code]) => [foldForMatch(name), code]));
  const known = new Map<string, ProcedureMatch>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const folded = foldForMatch(name);
    const code = byHand.get(folded);
    const match =
      code === undefined ? choose(index.nearest(name), index.keyOf(name), minScore) : { code, score: 1 };
    known.set(name, match);
    return match;
  };
}

/** Words of the catalogue that stand for a word of a name. */
interface Alike {
  readonly words: readonly string[];
  readonly share: number;
}

interface Candidate extends ScoredProcedure {
  readonly key: string;
}

function choose(candidates: readonly Candidate[], key: string, minScore: number): ProcedureMatch {
  const [best, second] = candidates;
  if (best === undefined) return null;
  const same = candidates.filter((candidate) => candidate.key === key);
  if (same.length === 1 && same[0] !== undefined) return { code: same[0].code, score: 1 };
  const isTie =
    second !== undefined && (best.score < 1 || second.score === 1) && best.score - second.score < TIE;
  if (best.score >= minScore && !isTie && same.length === 0) return { code: best.code, score: best.score };
  return { doubtful: candidates.slice(0, MAX_TOLD).map(({ code, name, score }) => ({ code, name, score })) };
}

/** The names of a catalogue by the words in them. */
class NameIndex {
  readonly #entries: readonly Entry[];
  readonly #byWord = new Map<string, number[]>();
  readonly #near: NearWords;
  /** What each entry has in common with the name at hand; all 0 in between. */
  readonly #shared: Float64Array;

  constructor(catalogue: readonly NamedProcedure[]) {
    const read = catalogue.map(({ code, name }) => ({ code, name, read: readProcedureName(name) }));
    read.forEach(({ read: { words } }, id) => {
      for (const word of words) {
        const ids = this.#byWord.get(word);
        if (ids === undefined) this.#byWord.set(word, [id]);
        else ids.push(id);
      }
    });
    this.#shared = new Float64Array(read.length);
    this.#entries = read.map((entry) => ({ ...entry, weight: this.#weightOf(entry.read.words) }));
    this.#near = new NearWords(this.#byWord.keys());
  }

  keyOf(name: string): string {
    return readProcedureName(name).key;
  }

  /** Best first; of equal ones the lesser code. */
  nearest(name: string): readonly Candidate[] {
    const { words } = readProcedureName(name);
    const weight = this.#weightOf(words);
    const alike = words.map((word) => this.#alike(word));
    const touched = this.#gather(alike);
    const rough = touched.map((id) => ({ id, score: this.#roughScore(id, weight) }));
    for (const id of touched) this.#shared[id] = 0;
    return rough
      .filter(({ score }) => score >= WORTH_TELLING)
      .sort((a, b) => b.score - a.score)
      .slice(0, 4 * MAX_TOLD)
      .map(({ id, score }) => this.#refine(id, score, words, alike))
      .filter(({ score }) => score >= WORTH_TELLING)
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
  }

  /** The word itself, or where nobody has it, those one error away. */
  #alike(word: string): Alike {
    if (this.#byWord.has(word)) return { words: [word], share: 1 };
    return { words: this.#near.of(word), share: TYPO };
  }

  #gather(alike: readonly Alike[]): readonly number[] {
    const touched: number[] = [];
    for (const { words, share } of alike) {
      for (const word of words) {
        const gain = this.#wordWeight(word) * share;
        for (const id of this.#byWord.get(word) ?? []) {
          if (this.#shared[id] === 0) touched.push(id);
          this.#shared[id] = (this.#shared[id] ?? 0) + gain;
        }
      }
    }
    return touched;
  }

  #roughScore(id: number, weight: number): number {
    const shared = this.#shared[id] ?? 0;
    const all = weight + (this.#entries[id]?.weight ?? 0) - shared;
    return all <= 0 ? 0 : Math.min(1, shared / all);
  }

  #refine(id: number, rough: number, words: readonly string[], alike: readonly Alike[]): Candidate {
    const { code, name, read } = this.#entryOf(id);
    const places = new Map(read.words.map((word, place) => [word, place]));
    const found = alike.map((some) => some.words.find((word) => places.has(word)));
    const order = found.flatMap((word) => (word === undefined ? [] : [places.get(word) ?? 0]));
    const inOrder = order.length === 0 ? 0 : longestRise(order) / order.length;
    const taken = new Set(found);
    const isDecided =
      words.some((word, i) => found[i] === undefined && isDeciding(word)) ||
      read.words.some((word) => !taken.has(word) && isDeciding(word));
    const score = rough * (1 - ORDER_SHARE + ORDER_SHARE * inOrder) * (isDecided ? DECIDING_FACTOR : 1);
    return { code, name, key: read.key, score: Math.round(score * 1000) / 1000 };
  }

  #entryOf(id: number): Entry {
    const entry = this.#entries[id];
    if (entry === undefined) throw new Error(`The catalogue has no name ${id}`);
    return entry;
  }

  #weightOf(words: readonly string[]): number {
    return words.reduce((sum, word) => sum + this.#wordWeight(word), 0);
  }

  /** A word that one name has says more than one that half of them have. */
  #wordWeight(word: string): number {
    if (FILLERS.has(word.replace(/#\d+$/, ''))) return FILLER_WEIGHT;
    const ids = this.#byWord.get(word);
    return ids === undefined
      ? 1
      : 1 - 0.5 * (Math.log(ids.length) / Math.log(Math.max(this.#shared.length, 2)));
  }
}

function isDeciding(word: string): boolean {
  return DECIDING.has(word) || /^\d/.test(word);
}

/** The length of the longest run of places that only go up, gaps allowed. */
function longestRise(places: readonly number[]): number {
  const ends: number[] = [];
  for (const place of places) {
    const at = ends.findIndex((end) => end >= place);
    ends[at === -1 ? ends.length : at] = place;
  }
  return ends.length;
}
