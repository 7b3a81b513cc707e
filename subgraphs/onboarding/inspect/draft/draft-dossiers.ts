import type { SampledRow } from '../read/inspected-table';
import { compactName } from '../recognise/compact-name';
import { commonestIssuer, draftAgency } from './draft-agency';
import { columnOf, valuesOf, type DraftContext, type DraftTable, type Plain } from './draft-context';
import { draftDate } from './draft-date';
import { DraftNotes } from './draft-notes';
import { draftField, draftProcedure } from './draft-lookup';
import { draftStatus } from './draft-status';
import { draftChannel, draftFlag } from './draft-words';

const DATES = ['submitted', 'received', 'due', 'finished', 'returned', 'refused'] as const;

/** The dossiers section, in the order in which a person reads it. */
export async function draftDossiers(context: DraftContext): Promise<Plain | null> {
  const { recognised, system } = context;
  const source = recognised.dossiers;
  if (source === null) return null;
  tellContentGuesses(context, source);
  const code = columnOf(source, 'code');
  const aliases = (source.assignment.get('aliases') ?? []).map(({ column }) => column);
  return {
    ...(source.table.from === null ? { table: source.table.name } : { from: source.table.from }),
    code,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...present('procedure', await draftProcedure(context, source)),
    ...present('field', await draftField(context, source)),
    receivingAgency: await draftReceiver(context, source),
    ...present('handlingAgency', await draftHandler(context, source)),
    status: await draftStatusOf(context, source),
    ...present(
      'channel',
      await draftIf(source, 'channel', (column) =>
        draftChannel(context, source, column, ['dossiers', 'channel']),
      ),
    ),
    dates: await draftDates(context, source),
    ...present(
      'deleted',
      await draftIf(source, 'deleted', (column) =>
        draftFlag(context, source, column, ['dossiers', 'deleted']),
      ),
    ),
    ...present(
      'synthetic',
      await draftIf(source, 'synthetic', (column) =>
        draftFlag(context, source, column, ['dossiers', 'synthetic']),
      ),
    ),
    ...present('updatedAt', await draftDate(context, source, 'updatedAt', ['dossiers', 'updatedAt'])),
    ...(system.kind === 'sql' ? present('supplements', await draftSupplements(context, source)) : {}),
    ...(system.kind === 'sql' ? present('steps', await draftSteps(context, source)) : {}),
  };
}

function present(name: string, value: Plain | null): Plain {
  return value === null ? {} : { [name]: value };
}

async function draftIf(
  source: DraftTable,
  field: string,
  draft: (column: string) => Promise<Plain | null>,
): Promise<Plain | null> {
  const column = columnOf(source, field);
  return column === null ? null : draft(column);
}

function tellContentGuesses({ notes }: DraftContext, { assignment }: DraftTable): void {
  for (const [field, found] of assignment) {
    const [first] = found;
    if (first?.by !== 'content') continue;
    const path = field === 'received' ? ['dossiers', 'dates', 'received'] : ['dossiers', field];
    notes.doubt(path, `${first.column} was chosen for what stands in it; its name says nothing`);
  }
}

async function draftReceiver(context: DraftContext, source: DraftTable): Promise<Plain> {
  const path = ['dossiers', 'receivingAgency'];
  const only = context.agencies.map(({ code }) => code);
  const column = columnOf(source, 'receivingAgency');
  const codeColumn = columnOf(source, 'code');
  const [single] = only;
  // One agency for the whole system needs no column, unless rows of others stand there too.
  if (column === null && only.length === 1 && single !== undefined) return { constant: single };
  if (column !== null) {
    const drafted = await draftAgency(context, { table: source.table, column, codeColumn, only }, path);
    if (drafted !== null && (only.length !== 1 || hasValues(drafted))) return drafted;
    if (only.length === 1 && single !== undefined) {
      context.notes.doubt(path, `no value of ${column} is known, so every row is taken for ${single}`);
      return { constant: single };
    }
  }
  return draftConstant(context, await source.table.sample(), codeColumn, single);
}

function hasValues({ values }: Plain): boolean {
  return typeof values === 'object' && values !== null && Object.keys(values).length > 0;
}

/** No column says who receives: the beginnings of the codes may. */
function draftConstant(
  { notes, matchAgency }: DraftContext,
  sample: readonly SampledRow[],
  codeColumn: string | null,
  fallback: string | undefined,
): Plain {
  const path = ['dossiers', 'receivingAgency'];
  const codes = codeColumn === null ? [] : sample.map((row) => row[codeColumn] ?? null);
  const issuer = commonestIssuer(codes, matchAgency);
  if (issuer !== null) {
    const { prefix, share, agency } = issuer;
    notes.doubt(
      path,
      `no column says who receives; ${Math.round(share * 100)} % of the codes were issued by ${prefix}: ${agency.name}`,
    );
    return { constant: agency.code };
  }
  notes.doubt(path, 'no column says who receives: put the code of the agency here and under "agencies"');
  return { constant: fallback ?? UNKNOWN_AGENCY };
}

/** Stands where a code must, until a person puts the right one there. */
export const UNKNOWN_AGENCY = 'UNKNOWN';

async function draftHandler(context: DraftContext, source: DraftTable): Promise<Plain | null> {
  const drafted = await draftIf(source, 'handlingAgency', (column) =>
    draftAgency(context, { table: source.table, column, codeColumn: null, only: [] }, [
      'dossiers',
      'handlingAgency',
    ]),
  );
  if (drafted === null || hasValues(drafted)) return drafted;
  return shareReceivers(context, source, drafted);
}

/** Keys that mean nothing by themselves are likely those of the receiving agency's column. */
async function shareReceivers(
  context: DraftContext,
  source: DraftTable,
  drafted: Plain,
): Promise<Plain | null> {
  const column = columnOf(source, 'receivingAgency');
  if (column === null) return null;
  const receivers = await draftAgency(
    // What is found twice is told once.
    { ...context, notes: new DraftNotes() },
    { table: source.table, column, codeColumn: columnOf(source, 'code'), only: [] },
    [],
  );
  if (receivers === null || !hasValues(receivers)) return null;
  context.notes.doubt(['dossiers', 'handlingAgency'], `the keys are taken to be those of ${column}`);
  return { ...drafted, values: receivers['values'] };
}

async function draftStatusOf(context: DraftContext, source: DraftTable): Promise<Plain> {
  const path = ['dossiers', 'status'];
  const column = columnOf(source, 'status');
  if (column !== null) return draftStatus(context, source.table, column, path);
  context.notes.doubt(path, 'no column looks like a status: name it here; without one no status is told');
  return { columns: [columnOf(source, 'code')], values: [] };
}

async function draftDates(context: DraftContext, source: DraftTable): Promise<Plain> {
  const dates: [string, Plain][] = [];
  for (const name of DATES) {
    const date = await draftDate(context, source, name, ['dossiers', 'dates', name]);
    if (date !== null) dates.push([name, date]);
  }
  const missing = ['due', 'finished'].filter((name) => !dates.some(([known]) => known === name));
  if (missing.length > 0)
    context.notes.doubt(
      ['dossiers', 'dates'],
      `no column was found for: ${missing.join(', ')}; timeliness needs them`,
    );
  return Object.fromEntries(dates);
}

async function draftSupplements(context: DraftContext, dossiers: DraftTable): Promise<Plain | null> {
  const source = context.recognised.supplements;
  if (source === null) return null;
  const path = ['dossiers', 'supplements'];
  const date = (field: string) => draftDate(context, source, field, [...path, field]);
  return {
    table: source.table.name,
    ...(await draftReference(context, source, dossiers, path)),
    requestedAt: await date('requestedAt'),
    completedAt: await date('completedAt'),
    dueBefore: await date('dueBefore'),
    dueAfter: await date('dueAfter'),
  };
}

async function draftSteps(context: DraftContext, dossiers: DraftTable): Promise<Plain | null> {
  const source = context.recognised.steps;
  if (source === null) return null;
  const path = ['dossiers', 'steps'];
  return {
    table: source.table.name,
    ...(await draftReference(context, source, dossiers, path)),
    at: await draftDate(context, source, 'at', [...path, 'at']),
    status: await draftIf(source, 'status', (column) =>
      draftStatus(context, source.table, column, [...path, 'status']),
    ),
    unit: columnOf(source, 'unit'),
    dueAt: await draftDate(context, source, 'dueAt', [...path, 'dueAt']),
  };
}

/** Which column here points at which column of the dossiers: of the same name, else the one that has the values. */
async function draftReference(
  { notes }: DraftContext,
  source: DraftTable,
  dossiers: DraftTable,
  path: readonly string[],
): Promise<Plain> {
  const dossier = columnOf(source, 'dossier') ?? '';
  const same = dossiers.table.columns.find(({ name }) => compactName(name) === compactName(dossier))?.name;
  if (same !== undefined) return { dossier, refersTo: same };
  const values = new Set((await valuesOf(source.table, dossier)).map(String));
  const code = columnOf(dossiers, 'code') ?? '';
  for (const refersTo of [code, ...dossiers.table.key]) {
    const theirs = new Set((await valuesOf(dossiers.table, refersTo)).map(String));
    if ([...values].some((value) => theirs.has(value))) return { dossier, refersTo };
  }
  const guess = dossiers.table.key[0] ?? code;
  notes.doubt(path, `${dossier} is taken to point at ${guess}; no row looked at shows it`);
  return { dossier, refersTo: guess };
}
