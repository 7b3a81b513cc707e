import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { toColumnValue } from '../../subgraphs/sources/sql/local-clock';
import type {
  AgencyMapping,
  ChannelMapping,
  ConditionMapping,
  DateMapping,
  DossierMapping,
  StatusMapping,
} from '../../subgraphs/sources/dossiers/dossier-mapping';
import type { DossierRow, DossierStepRow, SupplementRow } from '../../subgraphs/sources/dossiers/dossier-row';
import { LAYOUT_A_INDEXES, LAYOUT_A_TABLES, layoutAMapping } from '../../subgraphs/sources/layouts/layout-a';
import { LAYOUT_B_INDEXES, LAYOUT_B_TABLES, layoutBMapping } from '../../subgraphs/sources/layouts/layout-b';
import { LAYOUT_D_INDEXES, LAYOUT_D_TABLES, layoutDMapping } from '../../subgraphs/sources/layouts/layout-d';

export type LayoutName = 'A' | 'B' | 'D';

/** A dossier as a test says it; every layout can hold all but the supplements and steps. */
export interface SampleDossier extends Omit<DossierRow, 'supplementsKey' | 'stepsKey'> {
  readonly supplements: readonly SupplementRow[];
  readonly steps: readonly DossierStepRow[];
}

/** A received dossier with nothing special about it, changed where a test cares. */
export function sampleDossier(changes: Partial<SampleDossier> & { readonly code: string }): SampleDossier {
  return {
    aliases: [],
    procedure: '1.000001',
    field: SAMPLE_PROCEDURES.get(changes.procedure ?? '1.000001') ?? null,
    receivingAgency: 'H23.X01',
    handlingAgency: null,
    status: 4,
    channel: 'DIRECT',
    submittedAt: null,
    receivedAt: '2024-06-03T01:00:00.000Z',
    dueAt: '2024-06-20T10:00:00.000Z',
    finishedAt: null,
    returnedAt: null,
    refusedAt: null,
    isSynthetic: true,
    supplements: [],
    steps: [],
    ...changes,
  };
}

/** The catalogue behind the samples: procedure → field. */
export const SAMPLE_PROCEDURES: ReadonlyMap<string, string> = new Map([
  ['1.000001', 'Hộ tịch'],
  ['1.000002', 'Hộ tịch'],
  ['2.000815', 'Đất đai'],
  ['3.000003', 'Đầu tư'],
]);

const SAMPLE_AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'];

export interface LayoutDatabase {
  readonly database: DatabaseSync;
  readonly mapping: DossierMapping;
}

/** The same dossiers in the tables of one layout, in memory. */
export function layoutDatabase(layout: LayoutName, dossiers: readonly SampleDossier[]): LayoutDatabase {
  const { mapping } = LAYOUTS[layout];
  const database = new DatabaseSync(':memory:');
  writeLayout(database, LAYOUTS[layout], layoutRows(layout, mapping, dossiers));
  return { database, mapping };
}

/** The tables of a layout, the rows, and then the indexes, in an empty database. */
export function writeLayout(
  database: DatabaseSync,
  { tables, indexes }: Pick<(typeof LAYOUTS)[LayoutName], 'tables' | 'indexes'>,
  rows: readonly TableRow[],
): void {
  database.exec('BEGIN');
  for (const statement of tables) database.exec(statement);
  for (const { table, row } of rows) insertInto(database, table, row);
  for (const statement of indexes) database.exec(statement);
  database.exec('COMMIT');
}

/** One dossier more in a database of `layoutDatabase`. */
export function addDossier(
  { database, mapping }: LayoutDatabase,
  layout: LayoutName,
  dossier: SampleDossier,
): void {
  const count = database.prepare(`SELECT count(*) AS count FROM ${mapping.table}`).get();
  const fields = fieldsOf(catalogueOf([dossier]));
  const id = Number(count?.['count']) + 1;
  for (const { table, row } of dossierRows({ layout, mapping, fields }, dossier, id))
    insertInto(database, table, row);
}

export interface TableRow {
  readonly table: string;
  readonly row: Readonly<Record<string, SQLInputValue>>;
}

/** The rows of the catalogue and the dossiers in one layout, by a mapping that may keep the dates otherwise. */
export function layoutRows(
  layout: LayoutName,
  mapping: DossierMapping,
  dossiers: readonly SampleDossier[],
): readonly TableRow[] {
  const procedures = catalogueOf(dossiers);
  const written = { layout, mapping, fields: fieldsOf(procedures) };
  return [
    ...catalogueRows(written, procedures),
    ...dossiers.flatMap((dossier, i) => dossierRows(written, dossier, i + 1)),
  ];
}

/** Procedure → field: that of the samples, and whatever else the dossiers are of. */
function catalogueOf(dossiers: readonly SampleDossier[]): ReadonlyMap<string, string | null> {
  const own = dossiers.flatMap(({ procedure, field }) =>
    procedure === null ? [] : [[procedure, field] as const],
  );
  return new Map([...own, ...SAMPLE_PROCEDURES, ...own.filter(([, field]) => field !== null)]);
}

function fieldsOf(procedures: ReadonlyMap<string, string | null>): readonly string[] {
  const known = [...SAMPLE_PROCEDURES.values(), ...procedures.values()];
  return [...new Set(known.filter((field) => field !== null))];
}

/** What a row is written by. */
interface WrittenLayout {
  readonly layout: LayoutName;
  readonly mapping: DossierMapping;
  /** A field's key is its place. */
  readonly fields: readonly string[];
}

const byNumber = Object.fromEntries(SAMPLE_AGENCIES.map((code, i) => [String(i + 10), code]));
const byName = Object.fromEntries(SAMPLE_AGENCIES.map((code) => [`Sở ${code}`, code]));
// One agency in both notations: the first is what the samples are written with.
const byCode = {
  ...Object.fromEntries(SAMPLE_AGENCIES.map((code) => [code, code])),
  '000.00.X01.H23': 'H23.X01',
};

/** The layouts on SQLite, with the sample agencies. */
export const LAYOUTS = {
  A: { mapping: layoutAMapping({ agencies: byNumber }), tables: LAYOUT_A_TABLES, indexes: LAYOUT_A_INDEXES },
  B: { mapping: layoutBMapping({ agencies: byName }), tables: LAYOUT_B_TABLES, indexes: LAYOUT_B_INDEXES },
  D: { mapping: layoutDMapping({ agencies: byCode }), tables: LAYOUT_D_TABLES, indexes: LAYOUT_D_INDEXES },
} as const;

/** The mapping's own tables of the catalogue: what stands in a schema in one database has another name elsewhere. */
function catalogueRows(
  { layout, mapping: { field }, fields }: WrittenLayout,
  procedures: ReadonlyMap<string, string | null>,
): readonly TableRow[] {
  const [first, second] = (field?.through ?? []).map(({ table }) => table);
  if (first === undefined) throw new Error(`Layout ${layout} keeps fields in a catalogue`);
  switch (layout) {
    case 'A':
      return fields.map((name, i) => ({ table: first, row: { MaLinhVuc: `G${i}`, TenLinhVuc: name } }));
    case 'B':
      return [
        ...fields.map((TEN, ID) => ({ table: second ?? '', row: { ID, TEN } })),
        ...[...procedures].map(([MA, name]) => ({
          table: first,
          row: {
            MA,
            TEN: `Thủ tục ${MA}`,
            NHOMTHUTUCHANHCHINHID: name === null ? null : fields.indexOf(name),
          },
        })),
      ];
    case 'D':
      return [...procedures].map(([serviceCode, domainName]) => ({
        table: first,
        row: { serviceCode, domainName },
      }));
  }
}

function dossierRows(written: WrittenLayout, dossier: SampleDossier, id: number): readonly TableRow[] {
  const { layout, mapping } = written;
  const row: Record<string, SQLInputValue> = {
    [mapping.code]: dossier.code,
    ...ofProcedure(written, dossier),
    ...codedCell(mapping.receivingAgency, dossier.receivingAgency),
    ...codedCell(mapping.handlingAgency, dossier.handlingAgency),
    ...codedCell(mapping.channel, dossier.channel),
    ...statusCells(mapping.status, dossier.status),
    ...dateCell(mapping.dates.submitted, dossier.submittedAt),
    ...dateCell(mapping.dates.received, dossier.receivedAt),
    ...dateCell(mapping.dates.due, dossier.dueAt),
    ...dateCell(mapping.dates.finished, dossier.finishedAt),
    ...dateCell(mapping.dates.returned, dossier.returnedAt),
    ...dateCell(mapping.dates.refused, dossier.refusedAt),
    ...(dossier.isSynthetic && !('constant' in mapping.synthetic) ? flag(mapping.synthetic) : {}),
  };
  mapping.aliases.forEach((column, i) => (row[column] = dossier.aliases[i] ?? null));
  if (layout === 'B') row['ID'] = id + 0.0;
  if (layout === 'D') row['dossierId'] = id;
  const key = layout === 'D' ? id : dossier.code;
  return [
    { table: mapping.table, row },
    ...supplementRows(mapping, dossier),
    ...stepRows(mapping, key, dossier),
  ];
}

function ofProcedure(
  { layout, fields }: WrittenLayout,
  { procedure, field }: SampleDossier,
): Record<string, SQLInputValue> {
  switch (layout) {
    case 'A':
      return { MaTTHC: procedure, MaLinhVuc: field === null ? null : `G${fields.indexOf(field)}` };
    case 'B':
      return { TENTHUTUCHANHCHINH: procedure === null ? null : `Thủ tục ${procedure}` };
    case 'D':
      return { serviceCode: procedure };
  }
}

function supplementRows({ supplements }: DossierMapping, dossier: SampleDossier): readonly TableRow[] {
  if (supplements === null) return [];
  return dossier.supplements.map(({ requestedAt, completedAt, dueBefore, dueAfter }) => ({
    table: supplements.table,
    row: {
      [supplements.dossier]: dossier.code,
      ...dateCell(supplements.requestedAt, requestedAt),
      ...dateCell(supplements.completedAt, completedAt),
      ...dateCell(supplements.dueBefore, dueBefore),
      ...dateCell(supplements.dueAfter, dueAfter),
    },
  }));
}

function stepRows(
  { steps }: DossierMapping,
  key: SQLInputValue,
  dossier: SampleDossier,
): readonly TableRow[] {
  if (steps === null) return [];
  return dossier.steps.map(({ at, status, unit, dueAt }) => ({
    table: steps.table,
    row: {
      [steps.dossier]: key,
      ...dateCell(steps.at, at),
      ...dateCell(steps.dueAt, dueAt),
      ...(steps.status === null ? {} : statusCells(steps.status, status)),
      ...(steps.unit === null ? {} : { [steps.unit]: unit }),
    },
  }));
}

function codedCell(
  mapping: AgencyMapping | ChannelMapping | null,
  ours: string | null,
): Record<string, SQLInputValue> {
  if (mapping === null || 'constant' in mapping || ours === null) return {};
  const raw = Object.entries(mapping.values).find(([, value]) => value === ours)?.[0];
  if (raw === undefined) throw new Error(`The layout has no value for ${ours}`);
  return { [mapping.column]: mapping.type === 'number' ? Number(raw) : raw };
}

function statusCells(mapping: StatusMapping, status: number | null): Record<string, SQLInputValue> {
  const line = mapping.values.find((value) => value.status === status);
  // A state that the mapping does not know, of the kind that its column holds.
  const unknown = typeof mapping.values[0]?.when[0] === 'number' ? 99 : '??';
  const values = mapping.columns.map((column, i) => [
    column,
    line?.when[i] ?? (status === null ? unknown : null),
  ]);
  return Object.fromEntries(values) as Record<string, SQLInputValue>;
}

function dateCell(mapping: DateMapping | null, instant: string | null): Record<string, SQLInputValue> {
  if (mapping === null) return {};
  const value = instant === null ? mapping.nullAs : toColumnValue(Date.parse(instant), mapping.format);
  return { [mapping.column]: value };
}

function flag({ column, values }: ConditionMapping): Record<string, SQLInputValue> {
  return { [column]: values[0] ?? 1 };
}

export function insertInto(
  database: DatabaseSync,
  table: string,
  row: Readonly<Record<string, SQLInputValue>>,
): void {
  const columns = Object.keys(row);
  const marks = columns.map(() => '?').join(', ');
  database
    .prepare(`INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${marks})`)
    .run(...Object.values(row));
}
