/** A cell as a file holds it: text, or more where the file knows more. '' is empty. */
export type SheetCell = string | boolean | NumberCell | BrokenCell;

export interface NumberCell {
  readonly number: number;
  /** As the sheet shows it. */
  readonly text: string;
  /** How the sheet shows it: `General`, `0.000000`, `dd/mm/yyyy`. */
  readonly format: string;
  /** The format is one of dates: `number` is a serial of the 1900 system, whichever the workbook uses. */
  readonly isDate: boolean;
}

/** A formula that gave an error, or no value at all. */
export interface BrokenCell {
  readonly error: string;
}

export interface SheetRow {
  /** From 1: the row of a sheet, the line of a CSV. */
  readonly number: number;
  readonly cells: readonly SheetCell[];
  /** Columns (from 0) of cells that are merged with their neighbours to the right. */
  readonly wide?: ReadonlySet<number>;
}

/** What a person reads in the cell, without spaces around it. */
export function shownText(cell: SheetCell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return 'error' in cell ? cell.error : cell.text;
}

/** Composed letters; a cell of spaces is empty. Spaces around a text stay: what a name looks like is a fact of its own. */
export function cleanText(text: string): string {
  // Most texts of most files are plain already, and a file may have millions.
  const plain = isAscii(text) ? text : text.normalize('NFC').replace(/\u00a0/g, ' ');
  return plain.trim() === '' ? '' : plain;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
