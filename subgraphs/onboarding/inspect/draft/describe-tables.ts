import type { InspectedTable, SampledValue } from '../read/inspected-table';
import type { Assignment, RoleMatch } from '../recognise/assign-columns';
import { detectDate } from '../recognise/detect-date';
import { DATE_FIELDS } from '../recognise/mapped-fields';
import { isPersonalColumn } from '../recognise/personal-columns';
import type { RecognisedSystem } from '../recognise/recognise-system';
import { readDossierCodeShape } from '../../../../schema/dossier-code-shape';
import { looksLikeOffice, looksPersonal, maskValue } from './mask-value';

export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  /** What the mapping takes it for. */
  readonly as: string | null;
  /** Three at most, masked wherever they are not known to be harmless. */
  readonly samples: readonly string[];
}

export interface DescribedTable {
  readonly name: string;
  /** What it was recognised as; null for a table that nothing here uses. */
  readonly as: string | null;
  readonly rowCount: number | null;
  readonly indexes: readonly (readonly string[])[];
  readonly columns: readonly DescribedColumn[];
}

const SAMPLES = 3;
const PROCEDURE_CODE = /^\d\.\d{6}(\.[0-9.]+(\.H\d{2})?)?$/;
/** Fields whose values are words of the office and not of people. Everything else is masked. */
const HARMLESS_FIELDS = new Set([
  'status',
  'channel',
  'procedure',
  'procedureName',
  'field',
  'deleted',
  'synthetic',
]);
const AGENCY_FIELDS = new Set(['receivingAgency', 'handlingAgency']);
/** A list of words repeats; a text that is new in every row is somebody's own. */
const MOST_WORDS = 60;

/** The tables as a person looks at them: those that the mapping uses with samples, the others by name only. */
export async function describeTables(
  tables: readonly InspectedTable[],
  recognised: RecognisedSystem,
): Promise<readonly DescribedTable[]> {
  const matches = [
    recognised.dossiers,
    recognised.supplements,
    recognised.steps,
    recognised.catalogue,
    ...recognised.nearly,
  ];
  return Promise.all(
    tables.map(async (table) => {
      const match = matches.find((candidate) => candidate?.table === table) ?? null;
      return {
        name: table.name,
        as: match === null ? null : match.isComplete ? match.role : `nearly ${match.role}`,
        rowCount: table.rowCount,
        indexes: table.indexes.map(({ columns }) => columns),
        columns: match === null ? [] : await describeColumns(table, match),
      };
    }),
  );
}

async function describeColumns(table: InspectedTable, match: RoleMatch): Promise<readonly DescribedColumn[]> {
  const sample = await table.sample();
  return table.columns.map((column) => {
    const field = fieldOf(match.assignment, column.name);
    const values = sample.map((row) => row[column.name] ?? null);
    const show = (value: string | number | boolean) =>
      isHarmless(match, field, column.name, values, value)
        ? String(value).slice(0, 60)
        : maskCode(field, value);
    return {
      name: column.name,
      type: column.type,
      as: field,
      samples: distinct(values).map(show).map(oneLine),
    };
  });
}

function fieldOf(assignment: Assignment, column: string): string | null {
  return [...assignment].find(([, found]) => found.some((entry) => entry.column === column))?.[0] ?? null;
}

function isHarmless(
  { role }: RoleMatch,
  field: string | null,
  column: string,
  values: readonly SampledValue[],
  value: string | number | boolean,
): boolean {
  if (field === null || isPersonalColumn(column)) return false;
  if (DATE_FIELDS.has(field))
    return detectDate({ name: column, type: '' }, [value]) !== null || isDateText(value);
  if (looksPersonal(value)) return false;
  // A published catalogue is for everybody to read; its notes are not needed here.
  if (role === 'catalogue') return field !== 'note';
  if (field === 'procedure' && PROCEDURE_CODE.test(String(value))) return true;
  if (AGENCY_FIELDS.has(field)) return looksLikeOffice(value);
  if (!HARMLESS_FIELDS.has(field)) return false;
  const present = values.filter((other) => other !== null);
  return new Set(present).size <= Math.min(MOST_WORDS, Math.max(3, present.length / 2));
}

function isDateText(value: string | number | boolean): boolean {
  return /^\d{4}-\d{2}-\d{2}([ T][\d:.+Z-]*)?$/.test(String(value));
}

/** Of a dossier's code the agency before the date may be seen; with its day and number it would lead to a person. */
function maskCode(field: string | null, value: string | number | boolean): string {
  const shape = field === 'code' || field === 'dossier' ? readDossierCodeShape(String(value)) : null;
  return shape === null ? maskValue(value) : `${shape.prefix}-••••••-${'•'.repeat(shape.counter.length)}`;
}

function distinct(values: readonly SampledValue[]): readonly (string | number | boolean)[] {
  const present = values.filter((value) => value !== null && value !== '');
  // `filter` does not tell the compiler that null is gone.
  return [...new Set(present)].slice(0, SAMPLES) as (string | number | boolean)[];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
