import { searchWords, sortKey } from '../../../schema/vietnamese-text';

/** What somebody wrote into a name about the procedure: that it was abolished, replaced, doubled (domain.md 4.4). */
const NOTES =
  /[([]\s*(?:đã\s+)?(?:bãi bỏ|thay bằng|thay thế|trùng|hết hiệu lực|không sử dụng|thủ tục sai)[^)\]]*[)\]]?/giu;
/** A number before a name: "1.⇥", "2)", "- ". */
const NUMBERING = /^(?:\s*(?:\d+(?:\.\d+)*[.)]|[-–+*•]))*\s*/u;

/** "For": without accents its first word is that of "đổi", exchange, which makes another procedure. */
const FOR = /đối với|doi voi/giu;

/** A name as it is compared: words, and a key that also knows accents. */
export interface ProcedureName {
  /** Folded, without notes, numbering and the words that begin half of all names. A word that comes twice is two tokens. */
  readonly words: readonly string[];
  /** Equal for names that differ in case, punctuation and Unicode form only. */
  readonly key: string;
}

export function readProcedureName(name: string): ProcedureName {
  const plain = name.normalize('NFC').replace(NOTES, ' ').replace(NUMBERING, '').replace(FOR, ' ');
  const [letters = '', tones = ''] = sortKey(plain).split('!');
  return { words: numbered(withoutBeginning(searchWords(plain))), key: `${letters}!${tones}` };
}

/** "Thủ tục" and "thủ tục hành chính" say nothing about which one. */
function withoutBeginning(words: readonly string[]): readonly string[] {
  if (words[0] !== 'thu' || words[1] !== 'tuc' || words.length === 2) return words;
  return words.slice(words[2] === 'hanh' && words[3] === 'chinh' && words.length > 4 ? 4 : 2);
}

function numbered(words: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return words.map((word) => {
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    return count === 1 ? word : `${word}#${count}`;
  });
}
