import type { DateFormat } from '../../../sources/dossiers/dossier-mapping';
import { detectDate, looksLikeDates, type DetectedDate } from '../recognise/detect-date';
import { DATE_FIELDS } from '../recognise/mapped-fields';
import { columnOf, typeOf, valuesOf, type DraftContext, type DraftTable, type Plain } from './draft-context';
import type { DraftPath } from './draft-notes';

const FALLBACK: DateFormat = 'local-text';

/** The mapping of the column of a date; null when the table has none. */
export async function draftDate(
  context: DraftContext,
  source: DraftTable,
  field: string,
  path: DraftPath,
): Promise<Plain | null> {
  const column = columnOf(source, field);
  if (column === null) return null;
  const values = await valuesOf(source.table, column);
  const detected = detectDate(typeOf(source.table, column), values);
  if (detected !== null) return toMapping(column, detected);
  const { notes } = context;
  if (looksLikeDates(values)) {
    notes.doubt(
      path,
      `the dates of ${column} are written in a way that no format names; make another column of them with "computed", in mode: copy`,
    );
    return { column, format: FALLBACK };
  }
  const format = (await commonFormat(source)) ?? formatByType(typeOf(source.table, column).type);
  notes.doubt(path, `${column} has no date in the rows looked at; taken to be written as the others are`);
  return { column, format };
}

function toMapping(column: string, { format, nullAs }: DetectedDate): Plain {
  return {
    column,
    format,
    // The day itself would still be a date.
    ...(String(nullAs).startsWith('1900-01-01') ? { earliest: '1900-01-02' } : {}),
    ...(nullAs === null ? {} : { nullAs }),
  };
}

/** Of a description that has no rows. */
function formatByType(type: string): DateFormat {
  if (/date-?time/i.test(type)) return 'iso';
  return /int|long|number/i.test(type) ? 'epoch-ms' : FALLBACK;
}

/** How most dates of the table are written. */
async function commonFormat({ table, assignment }: DraftTable): Promise<DateFormat | null> {
  const columns = [...assignment].filter(([field]) => DATE_FIELDS.has(field)).flatMap(([, found]) => found);
  const formats = await Promise.all(
    columns.map(async ({ column }) => detectDate(typeOf(table, column), await valuesOf(table, column))),
  );
  const counted = Map.groupBy(
    formats.filter((format) => format !== null),
    ({ format }) => format,
  );
  return [...counted].sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? null;
}
