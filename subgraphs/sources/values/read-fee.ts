import { foldForMatch } from '../../../schema/vietnamese-text';
import type { FeeRange } from '../catalogue/procedure-record';
import type { RawRecord } from '../copy/record-reader';
import type { ProceduresMapping } from '../mapping/system-mapping';
import type { ReadText } from './read-procedure';
import type { RowProblems } from './shown-value';

const WHOLE = /^\d+$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;
/** The point divides thousands here; reading it as a decimal point is the very mistake of domain.md 4.4. */
const WITH_THOUSANDS = /^\d{1,3}(?:[.,\s]\d{3})+$/;

/** What an application costs, in whole đồng; null where that cannot be told. */
export function compileFee(
  { money }: ProceduresMapping,
  text: ReadText,
): (record: RawRecord, problems: RowProblems) => FeeRange | null {
  if (money === undefined) return () => null;
  const units = money.kind === 'text' ? money.units.map(foldForMatch) : [];
  const parse = money.kind === 'text' ? (amount: string) => parseText(amount, units) : parseNumber;
  return (record, problems) => {
    const ends = [money.min, money.max ?? money.min].map((column) => {
      const amount = text(record, column);
      const vnd = amount === null ? null : parse(amount);
      if (amount !== null && vnd === null) problems.add('ROW_BAD_NUMBER', column, amount);
      return vnd;
    });
    const [minVnd = null, maxVnd = null] = ends;
    if (minVnd === null && maxVnd === null) return null;
    const unit = money.kind === 'text' ? text(record, money.unit) : null;
    if (unit !== null && !units.includes(foldForMatch(unit))) {
      problems.add('ROW_BAD_NUMBER', money.kind === 'text' ? (money.unit ?? null) : null, unit);
      return null;
    }
    return { minVnd: minVnd ?? maxVnd ?? 0, maxVnd: maxVnd ?? minVnd ?? 0 };
  };
}

function parseNumber(amount: string): number | null {
  return DECIMAL.test(amount.trim()) ? Number(amount) : null;
}

/** "50.000", "50,000 đồng": the unit may also stand behind the amount. */
function parseText(amount: string, units: readonly string[]): number | null {
  const folded = foldForMatch(amount);
  const unit = units.find((word) => folded.endsWith(word));
  const digits = (unit === undefined ? folded : folded.slice(0, -unit.length)).trim();
  if (WHOLE.test(digits)) return Number(digits);
  return WITH_THOUSANDS.test(digits) ? Number(digits.replace(/[.,\s]/g, '')) : null;
}
