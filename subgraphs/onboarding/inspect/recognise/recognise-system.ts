import { readDossierCodeShape } from '../../../../schema/dossier-code-shape';
import { SourceProblem } from '../../../sources/source-problem';
import type { KnownLayout } from './known-layouts';
import type { InspectedSystem, InspectedTable } from '../read/inspected-table';
import { matchRole, type AssignedColumn, type Assignment, type RoleMatch } from './assign-columns';
import { compactName } from './compact-name';
import { TABLE_WORDS } from './column-words';
import { detectDate } from './detect-date';
import { isPersonalColumn } from './personal-columns';
import { recogniseLayout, type RecognisedLayout } from './recognise-layout';
import type { Role } from './mapped-fields';

export interface RecognisedSystem {
  readonly layout: RecognisedLayout | null;
  readonly dossiers: RoleMatch | null;
  readonly steps: RoleMatch | null;
  readonly supplements: RoleMatch | null;
  readonly catalogue: RoleMatch | null;
  /** Tables that look almost like dossiers, for whoever must look further. */
  readonly nearly: readonly RoleMatch[];
  /** Tables that could not be looked into, such as a view that takes too long. */
  readonly unreadable: readonly UnreadableTable[];
}

export interface UnreadableTable {
  readonly name: string;
  readonly reason: string;
}

/** A database of hundreds of tables is looked into where a name promises something. */
const MOST_TABLES = 60;
const LEAST_SCORE: Readonly<Record<Role, number>> = {
  dossiers: 8,
  catalogue: 10,
  steps: 10,
  supplements: 12,
  agencies: 5,
};

/** Finds the tables of dossiers, their steps and supplements, and of the catalogue. */
export async function recogniseSystem(
  { tables }: InspectedSystem,
  onTable: (done: number, total: number) => void,
): Promise<RecognisedSystem> {
  const layout = recogniseLayout(tables);
  const looked = worthLooking(tables);
  const matches: RoleMatch[] = [];
  const unreadable: UnreadableTable[] = [];
  for (const [done, table] of looked.entries()) {
    onTable(done, looked.length);
    try {
      matches.push(...(await matchRoles(table, layout?.layout ?? null)));
    } catch (error) {
      if (!(error instanceof SourceProblem)) throw error;
      unreadable.push({ name: table.name, reason: error.message });
    }
  }
  // A session that is gone reads nothing: then one of the reasons is the answer.
  const [first] = unreadable;
  if (first !== undefined && matches.length === 0)
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `No table can be read. ${first.name}: ${first.reason}`,
      first.name,
    );
  const dossiers = best(matches, 'dossiers', []);
  const others = dossiers === null ? [] : [dossiers.table];
  const supplements = best(matches, 'supplements', others);
  return {
    layout,
    dossiers,
    supplements,
    steps: best(matches, 'steps', supplements === null ? others : [...others, supplements.table]),
    catalogue: best(matches, 'catalogue', others),
    unreadable,
    nearly: matches.filter(({ role, score, isComplete }) => role === 'dossiers' && score >= 4 && !isComplete),
  };
}

async function matchRoles(table: InspectedTable, layout: KnownLayout | null): Promise<readonly RoleMatch[]> {
  const matches: RoleMatch[] = [];
  for (const role of ['dossiers', 'catalogue', 'steps', 'supplements'] as const) {
    const match = await matchRole(role, table, layout);
    matches.push(role === 'dossiers' ? await byContent(match) : match);
  }
  return matches;
}

function worthLooking(tables: readonly InspectedTable[]): readonly InspectedTable[] {
  if (tables.length <= MOST_TABLES) return tables;
  const words = Object.values(TABLE_WORDS).flat();
  const promising = ({ name }: InspectedTable) =>
    words.filter((word) => compactName(name).includes(word)).length;
  return tables.toSorted((a, b) => promising(b) - promising(a)).slice(0, MOST_TABLES);
}

function best(matches: readonly RoleMatch[], role: Role, taken: readonly InspectedTable[]): RoleMatch | null {
  const able = matches
    .filter((match) => match.role === role && match.isComplete && match.score >= LEAST_SCORE[role])
    .filter(({ table }) => !taken.includes(table))
    .sort((a, b) => b.score - a.score || (b.table.rowCount ?? 0) - (a.table.rowCount ?? 0));
  return able[0] ?? null;
}

const MOST = 0.8;

/** Where names say nothing: a column of dossier codes, and the date that every row has and that is the earliest. */
async function byContent(match: RoleMatch): Promise<RoleMatch> {
  const { table, assignment } = match;
  if (match.isComplete || isAround(table)) return match;
  const rows = await table.sample();
  if (rows.length === 0) return match;
  const free = table.columns.filter(
    ({ name }) =>
      !isPersonalColumn(name) && ![...assignment.values()].flat().some(({ column }) => column === name),
  );
  const found = new Map<string, readonly AssignedColumn[]>(assignment);
  if (!found.has('code')) {
    const code = free.find(({ name }) => {
      const texts = rows.map((row) => String(row[name] ?? ''));
      const isShaped =
        texts.filter((text) => readDossierCodeShape(text) !== null).length / texts.length >= MOST;
      return isShaped && new Set(texts).size === texts.length;
    });
    if (code !== undefined) found.set('code', [{ column: code.name, by: 'content' }]);
  }
  if (found.has('code') && !found.has('received')) {
    const received = free
      .map((column) => ({ column, values: rows.map((row) => row[column.name] ?? null) }))
      .filter(
        ({ column, values }) =>
          values.every((value) => value !== null) && detectDate(column, values) !== null,
      )
      .sort((a, b) => (String(a.values[0]) < String(b.values[0]) ? -1 : 1))[0];
    if (received !== undefined) found.set('received', [{ column: received.column.name, by: 'content' }]);
  }
  return withAssignment(match, found);
}

function isAround({ name }: InspectedTable): boolean {
  const compact = compactName(name);
  return [...TABLE_WORDS.steps, ...TABLE_WORDS.supplements].some((word) => compact.includes(word));
}

function withAssignment(match: RoleMatch, assignment: Assignment): RoleMatch {
  if (!assignment.has('code') || !assignment.has('received')) return match;
  const added = assignment.size - match.assignment.size;
  return { ...match, assignment, isComplete: true, score: match.score + 4 * added };
}
