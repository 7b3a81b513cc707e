import { foldForSearch } from '../../../schema/vietnamese-text';
import type { Header } from './header';
import { shownText, type SheetRow } from './sheet-cell';

/** What a row below the header is, beside a record. */
export type RowShape =
  | { readonly kind: 'record' }
  /** Nothing that the mapping names, a total, the header once more, the numbers of the columns. */
  | { readonly kind: 'skip'; readonly isHeader: boolean }
  | { readonly kind: 'group'; readonly text: string };

const SKIP = { kind: 'skip', isHeader: false } as const;
const SKIP_HEADER = { kind: 'skip', isHeader: true } as const;
const RECORD = { kind: 'record' } as const;

/** `codeIndex`: the column (from 0) of the record's code. `followsHeader`: only headers stand above. */
export function rowShape(
  row: SheetRow,
  header: Header,
  codeIndex: number | undefined,
  followsHeader: boolean,
): RowShape {
  const filled = filledColumns(row);
  const first = filled[0];
  if (first === undefined) return SKIP;
  if (isHeaderAgain(row, filled, header)) return SKIP_HEADER;
  if (followsHeader && areColumnNumbers(row, filled)) return SKIP_HEADER;
  const hasOwnCode = codeIndex !== undefined && codeIndex !== first && filled.includes(codeIndex);
  if (!hasOwnCode && isTotal(shownText(row.cells[first]))) return SKIP;
  const group = groupText(row, filled, header);
  if (group !== null) return { kind: 'group', text: group };
  return header.columns.some(({ index }) => filled.includes(index)) ? RECORD : SKIP;
}

function filledColumns({ cells }: SheetRow): readonly number[] {
  const filled: number[] = [];
  for (let index = 0; index < cells.length; index++) if (shownText(cells[index]) !== '') filled.push(index);
  return filled;
}

function isHeaderAgain({ cells }: SheetRow, filled: readonly number[], { lines }: Header): boolean {
  if (filled.length < 2) return false;
  return lines.some((line) => {
    // Folding is dear, and nearly always the first cell already differs in its first letter or length.
    const same = (index: number) => line[index] === foldForSearch(shownText(cells[index]));
    return filled.every(same);
  });
}

/** The line "(1) (2) (3)=(1)+(2)" or "A B 1 2" under the header of a form. */
function areColumnNumbers({ cells }: SheetRow, filled: readonly number[]): boolean {
  if (filled.length < 3) return false;
  return (
    filled.every((index) =>
      /^(?:[A-Z]|\(?\d{1,2}\)?|[\d()=+\-;:, ]{1,40}|\([A-Z]\))$/.test(shownText(cells[index])),
    ) && new Set(filled.map((index) => shownText(cells[index]))).size === filled.length
  );
}

function isTotal(text: string): boolean {
  // "Công an tỉnh" folds to a text that starts like "Cộng" too.
  if (text.length > 80 || !/^[tTcC]/.test(text)) return false;
  return /^(?:tong|cong|tong cong\b.*|tong so\b.*)$/.test(foldForSearch(text));
}

/** "I. Lĩnh vực đất đai", "II | Lĩnh vực hộ tịch", or one cell merged over the columns; nothing else that the mapping names. */
function groupText(row: SheetRow, filled: readonly number[], { columns }: Header): string | null {
  const [first, second] = filled;
  if (first === undefined) return null;
  const text = shownText(row.cells[first]);
  const isAlone = (allowed: readonly (number | undefined)[]) =>
    columns.every(({ index }) => allowed.includes(index) || !filled.includes(index));
  const numbered = /^([IVXL]+)(?:\s*[.):\-–]\s*|\s+)(\S.*)$/su.exec(text);
  if (numbered?.[1] !== undefined && numbered[2] !== undefined && isRoman(numbered[1]) && isAlone([first]))
    return oneLine(numbered[2]);
  if (second !== undefined && isRoman(text.replace(/[.)]$/, '')) && isAlone([first, second])) {
    const name = shownText(row.cells[second]);
    return /\p{L}/u.test(name) && !/^\S*\d\S*$/.test(name) ? oneLine(name) : null;
  }
  return filled.length === 1 && row.wide?.has(first) === true && /\p{L}/u.test(text) ? oneLine(text) : null;
}

function isRoman(text: string): boolean {
  return text !== '' && /^(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(text);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
