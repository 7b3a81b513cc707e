import type { DateFormat } from '../dossiers/dossier-mapping';
import type { RowProblemCode } from '../source-problem';
import { localTime } from './serial-date';
import { type NumberCell, type SheetCell } from './sheet-cell';
import type { ColumnUse } from './wanted-columns';

type CellValue = string | number | boolean | null;

export interface ReadCell {
  readonly value: CellValue;
  /** Set when the cell holds something that it cannot mean: the value is left out. */
  readonly problem?: RowProblemCode;
}

/** Days since 1900 of the years 1954 to 2119: a plain number in a column of dates that lies there is a date without a format. */
const LEAST_SERIAL = 20_000;
const GREATEST_SERIAL = 80_000;
/** Excel keeps fifteen digits; those beyond are zeros, whatever was typed. */
const GREATEST_EXACT = 1e15;

/** The value of a cell, in the form in which the mapping expects it of its column. */
export function readCell(cell: SheetCell, use: ColumnUse): ReadCell {
  if (typeof cell === 'string') return { value: cell === '' ? null : cell };
  if (typeof cell === 'boolean') return { value: cell };
  if ('error' in cell)
    return { value: null, problem: use.kind === 'date' ? 'ROW_BAD_DATE' : 'ROW_BAD_EXPRESSION' };
  switch (use.kind) {
    case 'date':
      return { value: dateValue(cell, use.format) };
    case 'code':
      return codeValue(cell);
    case 'value':
      return { value: cell.isDate ? localTime(cell.number, 'vietnamese') : exactNumber(cell.number) };
  }
}

function dateValue(cell: NumberCell, format: DateFormat): CellValue {
  const { number, isDate } = cell;
  const isSerial = isDate || (number >= LEAST_SERIAL && number < GREATEST_SERIAL);
  if (isSerial) return localTime(number, format);
  return format === 'epoch-ms' || format === 'epoch-s' ? number : String(number);
}

/**
 * A code that was typed as a number. Shown by a format of digits ("0.000000") it is what the sheet shows. Otherwise zeros at its end are
 * lost (1.001190 became 1.00119), and nothing tells how many: unless it has all six digits of a national code it is refused, not guessed.
 */
function codeValue({ number, text, format, isDate }: NumberCell): ReadCell {
  if (!isDate && /^0[0#]*(?:\.0+)?$/.test(format)) return { value: text };
  const exact = String(exactNumber(number));
  const isWhole = Number.isInteger(number) && Math.abs(number) < GREATEST_EXACT;
  if (!isDate && (isWhole || /^\d\.\d{6}$/.test(exact))) return { value: exact };
  return { value: null, problem: 'ROW_BAD_NUMBER' };
}

/** Without the noise of binary fractions beyond what a sheet keeps. */
function exactNumber(number: number): number {
  return Number(number.toPrecision(15));
}
