import { foldForSearch } from '../../../../schema/vietnamese-text';

/** An agency as the province's list has it. */
export interface ListedAgency {
  readonly code: string;
  /** Every code in every notation. */
  readonly codes: readonly string[];
  readonly name: string;
}

export interface MatchedAgency {
  readonly code: string;
  readonly name: string;
  /** False where only most of the words agree. */
  readonly isSure: boolean;
}

/** Written short in a hundred ways. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  ubnd: 'uy ban nhan dan',
  vp: 'van phong',
  tp: 'thanh pho',
  tx: 'thi xa',
  tnmt: 'tai nguyen va moi truong',
  'tn mt': 'tai nguyen va moi truong',
  khdt: 'ke hoach va dau tu',
  'kh dt': 'ke hoach va dau tu',
  gtvt: 'giao thong van tai',
  gddt: 'giao duc va dao tao',
  ldtbxh: 'lao dong thuong binh va xa hoi',
  nnptnt: 'nong nghiep va phat trien nong thon',
  khcn: 'khoa hoc va cong nghe',
  tttt: 'thong tin va truyen thong',
  vhttdl: 'van hoa the thao va du lich',
  bql: 'ban quan ly',
  kcn: 'khu cong nghiep',
};
const PHRASES = Object.entries(SHORT_FORMS).map(
  ([short, long]) => [new RegExp(`\\b${short}\\b`, 'g'), long] as const,
);

const ENOUGH = 0.75;
/** What is missing says nothing: the province's own name, "tỉnh". */
const SURE = 0.9;

/** Finds an agency by code in any notation, or by the words of its name: "SO TU PHAP" for "Sở Tư pháp Hải Dương". */
export function createAgencyMatcher(
  agencies: readonly ListedAgency[],
): (text: string) => MatchedAgency | null {
  const byCode = new Map(
    agencies.flatMap((agency) => agency.codes.map((code) => [code.toUpperCase(), agency])),
  );
  const listed = agencies.map((agency) => ({ agency, words: wordsOf(agency.name) }));
  const weigh = createWeigher(listed.map(({ words }) => words));
  return (text) => {
    const coded = byCode.get(text.trim().toUpperCase());
    if (coded !== undefined) return { code: coded.code, name: coded.name, isSure: true };
    const words = wordsOf(text);
    // A bare number shares its one "word" with nobody, and an empty text fits everybody.
    if (words.size === 0) return null;
    const ranked = listed
      .map(({ agency, words: theirs }) => ({ agency, score: overlap(words, theirs, weigh) }))
      .sort((a, b) => b.score - a.score);
    const [first, second] = ranked;
    if (first === undefined || first.score < ENOUGH || first.score === second?.score) return null;
    return { code: first.agency.code, name: first.agency.name, isSure: first.score >= SURE };
  };
}

/** A word that stands in most names, such as the province's own, hardly tells one agency from another. */
function createWeigher(names: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const word of names.flatMap((words) => [...words])) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log((names.length + 1) / (counts.get(word) ?? 1));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>, weigh: (word: string) => number): number {
  const weight = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + weigh(word), 0);
  const shared = weight([...a].filter((word) => b.has(word)));
  return (2 * shared) / (weight(a) + weight(b));
}

function wordsOf(name: string): ReadonlySet<string> {
  const folded = PHRASES.reduce((text, [short, long]) => text.replace(short, long), foldForSearch(name));
  return new Set(folded.split(' ').filter((word) => word !== '' && word !== 'va'));
}
