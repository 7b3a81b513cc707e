import type { Cell } from '../copy/record-reader';

/** The text of a value, composed (NFC) and without spaces around it; null where there is nothing. */
export function textOf(cell: Cell | undefined): string | null {
  switch (typeof cell) {
    case 'string': {
      const text = cell.trim();
      return text === '' ? null : composed(text);
    }
    case 'number':
    case 'boolean':
      return String(cell);
    default:
      return null;
  }
}

/** As {@link textOf}, with the spaces of the source: what a name or a description looks like is a fact of its own. */
export function exactTextOf(cell: Cell | undefined): string | null {
  return typeof cell === 'string' ? (cell.trim() === '' ? null : composed(cell)) : textOf(cell);
}

/**
 * The texts that a mapping may write for a value. One system keeps a flag as a number, its driver gives a boolean, and both are meant
 * by `1`.
 */
export function textsOf(cell: Cell | undefined): readonly string[] {
  if (typeof cell === 'boolean') return cell ? ['true', '1'] : ['false', '0'];
  const text = textOf(cell);
  return text === null ? [] : [text];
}

/** Spares most texts the work. */
const ASCII = /^[\u0000-\u007f]*$/;

export function composed(text: string): string {
  return ASCII.test(text) ? text : text.normalize('NFC');
}
