import type { InspectedTable, SampledRow } from '../read/inspected-table';
import { COLUMN_WORDS, NOT_DOSSIERS, TABLE_WORDS } from './column-words';
import { compactName, lastPart } from './compact-name';
import { detectDate, hasNoDates, looksLikeDates } from './detect-date';
import type { KnownLayout } from './known-layouts';
import { DATE_FIELDS, NEEDED_FIELDS, ROLE_FIELDS, type Role } from './mapped-fields';
import { isPersonalColumn } from './personal-columns';

export interface AssignedColumn {
  readonly column: string;
  /** By a known layout's name, by a word, by what stands in it. */
  readonly by: 'layout' | 'word' | 'part of a word' | 'content';
}

/** Our field → the column that holds it; more than one only for aliases. */
export type Assignment = ReadonlyMap<string, readonly AssignedColumn[]>;

export interface RoleMatch {
  readonly role: Role;
  readonly table: InspectedTable;
  readonly assignment: Assignment;
  /** Comparable between tables of one role. */
  readonly score: number;
  readonly isComplete: boolean;
}

const SCORES = { layout: 3, word: 2, 'part of a word': 1, content: 0.6 } as const;
/** A field that is rarely found by chance says more about the table. */
const WEIGHTS: Readonly<Record<string, number>> = {
  code: 3,
  name: 3,
  received: 3,
  due: 2,
  status: 2,
  receivingAgency: 1.5,
  procedure: 1.5,
  procedureName: 1,
  dossier: 3,
  requestedAt: 3,
  at: 2,
};
const TABLE_NAME_BONUS = { exact: 8, word: 3 } as const;

/** Which columns of a table could be ours in a role; by the names of the layout first, then by the words of strangers. */
export async function matchRole(
  role: Role,
  table: InspectedTable,
  layout: KnownLayout | null,
): Promise<RoleMatch> {
  const rows = await table.sample();
  const assignment = assign(role, table, layout, rows);
  const isComplete = NEEDED_FIELDS[role].every((field) => assignment.has(field));
  return { role, table, assignment, isComplete, score: scoreOf(role, table, layout, assignment) };
}

function scoreOf(
  role: Role,
  { name }: InspectedTable,
  layout: KnownLayout | null,
  assignment: Assignment,
): number {
  const columns = [...assignment].map(
    ([field, [first]]) => (WEIGHTS[field] ?? 0.5) * (first === undefined ? 0 : SCORES[first.by]),
  );
  return columns.reduce((sum, score) => sum + score, 0) + tableScore(role, name, layout);
}

function tableScore(role: Role, name: string, layout: KnownLayout | null): number {
  const compact = compactName(name);
  const known = layout?.tables[role]?.names ?? [];
  const isKnown = known.some((candidate) => compact.endsWith(compactName(candidate)));
  const speaks = TABLE_WORDS[role].some((word) => compact.includes(word));
  const against = role === 'dossiers' && NOT_DOSSIERS.some((word) => compact.includes(word));
  return (isKnown ? TABLE_NAME_BONUS.exact : 0) + (speaks ? TABLE_NAME_BONUS.word : 0) - (against ? 6 : 0);
}

interface Candidate extends AssignedColumn {
  readonly field: string;
  readonly score: number;
}

function assign(
  role: Role,
  table: InspectedTable,
  layout: KnownLayout | null,
  rows: readonly SampledRow[],
): Assignment {
  const candidates = ROLE_FIELDS[role]
    .flatMap((field) => candidatesFor(role, field, table, layout))
    .filter(({ field, column }) => !DATE_FIELDS.has(field) || couldBeDates(table, column, rows))
    .sort((a, b) => b.score - a.score);
  const taken = new Set<string>();
  const assignment = new Map<string, AssignedColumn[]>();
  for (const { field, column, by } of candidates) {
    const found = assignment.get(field);
    if (taken.has(column) || (found !== undefined && field !== 'aliases')) continue;
    taken.add(column);
    assignment.set(field, [...(found ?? []), { column, by }]);
  }
  return assignment;
}

function candidatesFor(
  role: Role,
  field: string,
  table: InspectedTable,
  layout: KnownLayout | null,
): readonly Candidate[] {
  const known = columnsOf(layout?.tables[role]?.columns, field).map(compactName);
  const words = columnsOf(COLUMN_WORDS[role], field);
  return table.columns.flatMap(({ name }): readonly Candidate[] => {
    const inLayout = placeIn(known, name, (text, word) => text === word);
    if (inLayout !== null) return [candidate(field, name, 'layout', inLayout)];
    if (isPersonalColumn(name)) return [];
    const whole = placeIn(words, name, (text, word) => text === word);
    if (whole !== null) return [candidate(field, name, 'word', whole)];
    const part = placeIn(words, name, (text, word) => word.startsWith('*') && text.includes(word.slice(1)));
    return part === null ? [] : [candidate(field, name, 'part of a word', part)];
  });
}

/** The tables of names are typed by role; a field of another role is in none of them. */
function columnsOf(names: object | undefined, field: string): readonly string[] {
  return (names as Readonly<Record<string, readonly string[]>> | undefined)?.[field] ?? [];
}

function placeIn(
  words: readonly string[],
  name: string,
  fits: (text: string, word: string) => boolean,
): number | null {
  const texts = [compactName(name), compactName(lastPart(name))];
  const place = words.findIndex((word) => texts.some((text) => fits(text, word)));
  return place === -1 ? null : place;
}

function candidate(field: string, column: string, by: AssignedColumn['by'], place: number): Candidate {
  return { field, column, by, score: SCORES[by] - place / 100 };
}

/** Dates, or nothing at all; a text such as "12/6" in a column of the right name is no date. */
function couldBeDates(table: InspectedTable, name: string, rows: readonly SampledRow[]): boolean {
  const column = table.columns.find((candidateColumn) => candidateColumn.name === name);
  const values = rows.map((row) => row[name] ?? null);
  return (
    column !== undefined &&
    (detectDate(column, values) !== null || hasNoDates(values) || looksLikeDates(values))
  );
}
