import type { InspectedTable } from '../read/inspected-table';
import { compactName } from '../recognise/compact-name';
import type { LayoutLookup } from '../recognise/known-layouts';
import { columnOf, valuesOf, type DraftContext, type DraftTable, type Plain } from './draft-context';
import { findDictionary } from './find-dictionary';

interface Recipe {
  readonly column: string;
  readonly through: readonly LayoutLookup[];
}

/** The first of a layout's ways that leads through tables and columns that are there. */
export function followRecipe(
  { table }: DraftTable,
  tables: readonly InspectedTable[],
  recipes: readonly Recipe[] = [],
): Plain | null {
  for (const { column, through } of recipes) {
    const start = columnNamed(table, column);
    const steps = through.map((lookup) => resolve(tables, lookup));
    if (start !== null && steps.every((step) => step !== null)) return { column: start, through: steps };
  }
  return null;
}

function resolve(tables: readonly InspectedTable[], { table, match, value }: LayoutLookup): Plain | null {
  const named = tables.filter(({ name }) => endsWithWord(name, table));
  for (const found of named) {
    const from = columnNamed(found, match);
    const to = columnNamed(found, value);
    if (from !== null && to !== null) return { table: found.name, match: from, value: to };
  }
  return null;
}

/** `Catalog.LinhVucs` and `Catalog_LinhVucs` are `LinhVucs`; `nhomthutuchanhchinh` is not `thutuchanhchinh`. */
function endsWithWord(name: string, wanted: string): boolean {
  const parts = name.split(/[._]/);
  return parts.some((_, from) => compactName(parts.slice(from).join('_')) === compactName(wanted));
}

function columnNamed({ columns }: InspectedTable, wanted: string): string | null {
  return columns.find(({ name }) => compactName(name) === compactName(wanted))?.name ?? null;
}

const KEY_NAME = /^ma|id$|code$|key$/;

/** The name of a field: the column's own text, or what a small table says of its key. */
export async function draftField(context: DraftContext, source: DraftTable): Promise<Plain | null> {
  const { system, recognised } = context;
  const recipe = followRecipe(source, system.tables, recognised.layout?.layout.lookups?.field);
  if (recipe !== null && system.kind === 'sql') return recipe;
  const column = columnOf(source, 'field');
  if (column === null) return null;
  if (system.kind !== 'sql' || !KEY_NAME.test(compactName(column))) return { column };
  const dictionary = await findDictionary(system.tables, {
    values: [...new Set(await valuesOf(source.table, column))],
    besides: source.table,
    rate: (texts) => texts.filter((text) => text !== '').length / texts.length,
  });
  if (dictionary === null) return { column };
  const { table, keyColumn, textColumn } = dictionary;
  context.notes.doubt(['dossiers', 'field'], `the keys of ${column} seem to be those of the table ${table}`);
  return { column, through: [{ table, match: keyColumn, value: textColumn }] };
}

const CODE = /^\d\.\d{6}/;

/** The procedure's code, or the way to it from a name or a key. */
export async function draftProcedure(context: DraftContext, source: DraftTable): Promise<Plain | null> {
  const { system, recognised, notes } = context;
  const recipe = followRecipe(source, system.tables, recognised.layout?.layout.lookups?.procedure);
  if (recipe !== null && system.kind === 'sql') return recipe;
  const path = ['dossiers', 'procedure'];
  const column = columnOf(source, 'procedure');
  if (column !== null) {
    const present = (await valuesOf(source.table, column)).filter((value) => value !== null && value !== '');
    const coded = present.filter((value) => CODE.test(String(value))).length;
    if (present.length === 0 || coded / present.length >= 0.5) return { column };
    const through = await throughCatalogue(context, present.map(String), 'code');
    if (through !== null) return { column, through: [through] };
    notes.doubt(path, `the values of ${column} do not look like codes of procedures (1.001193…)`);
    return { column };
  }
  const name = columnOf(source, 'procedureName');
  if (name === null) return null;
  const texts = (await valuesOf(source.table, name)).filter((value) => value !== null).map(String);
  const through = await throughCatalogue(context, texts, 'name');
  if (through !== null) return { column: name, through: [through] };
  notes.doubt(
    path,
    `${name} holds names, not codes: they are matched to the catalogue, and doubtful ones are listed by "onboard check"`,
  );
  return { column: name, byName: {} };
}

/** The catalogue of the same database, when the values stand in one of its columns. */
async function throughCatalogue(
  { system, recognised }: DraftContext,
  values: readonly string[],
  by: 'code' | 'name',
): Promise<Plain | null> {
  const catalogue = recognised.catalogue;
  if (system.kind !== 'sql' || catalogue === null || values.length === 0) return null;
  const code = columnOf(catalogue, 'code');
  const name = columnOf(catalogue, 'name');
  const candidates =
    by === 'name'
      ? [name]
      : catalogue.table.columns.map((candidate) => candidate.name).filter((other) => other !== name);
  const wanted = new Set(values);
  for (const match of candidates) {
    if (match === null || code === null || match === code) continue;
    const present = new Set((await valuesOf(catalogue.table, match)).map(String));
    if ([...wanted].filter((value) => present.has(value)).length / wanted.size >= 0.5)
      return { table: catalogue.table.name, match, value: code };
  }
  return null;
}
