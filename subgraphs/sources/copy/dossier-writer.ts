import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CopiedDossier, CopiedKey, ReadDossier } from '../values/read-dossier';
import { contentHash } from './content-hash';
import {
  judge,
  type RowWriter,
  type StoredRow,
  SWEEP_IDS,
  type Telling,
  type WriteOutcome,
} from './row-writer';
import { aliasColumns, type StoreShape } from './store-schema';

type StoredCell = string | number | null;

interface DossierWriterOptions {
  readonly shape: StoreShape;
  /** The first load: nearly every row is new, so it is put in before anybody asks whether it is there. */
  readonly isFirstLoad: boolean;
}

/** Writes dossiers under their receiving agency and code; a later row of the same key wins. */
export class DossierWriter implements RowWriter<ReadDossier> {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #touch: StatementSync;
  readonly #remove: StatementSync;
  readonly #nested: NestedWriter;
  readonly #aliases: readonly string[];

  constructor(
    private readonly database: DatabaseSync,
    private readonly options: DossierWriterOptions,
  ) {
    const columns = columnsOf(options.shape);
    this.#find = database.prepare(
      'SELECT id, scope, seen, hash, updated FROM dossiers WHERE agency = ? AND code = ?',
    );
    this.#insert = database.prepare(
      `INSERT INTO dossiers (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
        ON CONFLICT (agency, code) DO NOTHING`,
    );
    this.#update = database.prepare(
      `UPDATE dossiers SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    );
    this.#touch = database.prepare('UPDATE dossiers SET scope = ?, seen = ? WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM dossiers WHERE id = ?');
    this.#nested = new NestedWriter(database, options.shape);
    this.#aliases = aliasColumns(options.shape.aliases);
  }

  write({ row, deleted }: ReadDossier, telling: Telling): WriteOutcome {
    if (deleted !== null) return this.#delete(deleted);
    if (row === null) return 'refused';
    const cells = this.#cells(row);
    const told = { hash: contentHash(contentOf(cells, row)), updated: toMs(row.updatedAt) };
    const all = [telling.scope, telling.generation, told.hash, ...cells];
    if (this.options.isFirstLoad && this.#add(row, all)) return 'added';
    const stored = this.#stored(row.receivingAgency, row.code);
    if (stored === undefined) {
      this.#add(row, all);
      return 'added';
    }
    const verdict = judge(stored, told, telling);
    if (verdict === 'older') return 'unchanged';
    if (verdict === 'unchanged') {
      this.#touch.run(telling.scope, telling.generation, stored.id);
      return 'unchanged';
    }
    this.#update.run(...all, stored.id);
    this.#nested.replace(stored.id, row);
    return verdict;
  }

  sweep(
    { scope, generation }: Telling,
    from: number,
    isGone: boolean,
  ): { removed: number; next: number | null } {
    const to = from + SWEEP_IDS;
    const unseen = isGone ? '' : `AND seen <> ${generation}`;
    const swept = `id > ${from} AND id <= ${to} AND scope = ${scope} ${unseen}`;
    this.#nested.removeOf(`SELECT id FROM dossiers WHERE ${swept}`);
    const { changes } = this.database.prepare(`DELETE FROM dossiers WHERE ${swept}`).run();
    const last = this.database.prepare('SELECT max(id) AS id FROM dossiers').get();
    return { removed: Number(changes), next: Number(last?.['id'] ?? 0) > to ? to : null };
  }

  #delete({ agency, code }: CopiedKey): WriteOutcome {
    const stored = this.#stored(agency, code);
    if (stored === undefined) return 'unchanged';
    this.#nested.remove(stored.id);
    this.#remove.run(stored.id);
    return 'removed';
  }

  #add(row: CopiedDossier, cells: readonly StoredCell[]): boolean {
    const { changes, lastInsertRowid } = this.#insert.run(...cells);
    if (changes === 0) return false;
    this.#nested.add(Number(lastInsertRowid), row);
    return true;
  }

  #stored(agency: string, code: string): StoredRow | undefined {
    // The columns are those of the statement.
    return this.#find.get(agency, code) as unknown as StoredRow | undefined;
  }

  /** In the order of columnsOf, from `updated` on. */
  #cells(row: CopiedDossier): readonly StoredCell[] {
    return [
      toMs(row.updatedAt),
      row.receivingAgency,
      row.code,
      ...this.#aliases.map((_, i) => row.aliases[i] ?? null),
      row.procedure,
      row.field,
      row.handlingAgency,
      row.status,
      row.channel,
      toMs(row.submittedAt),
      toMs(row.receivedAt),
      toMs(row.dueAt),
      toMs(row.finishedAt),
      toMs(row.returnedAt),
      toMs(row.refusedAt),
      row.isSynthetic ? 1 : 0,
    ];
  }
}

/** Everything that is kept of a dossier, as one text. */
function contentOf(cells: readonly StoredCell[], { supplements, steps }: CopiedDossier): string {
  const nested = supplements === null && steps === null ? '' : JSON.stringify([supplements, steps]);
  return `${cells.join('\u0001')}\u0001${nested}`;
}

function columnsOf({ aliases }: StoreShape): readonly string[] {
  const before = ['scope', 'seen', 'hash', 'updated', 'agency', 'code'];
  const after =
    'procedure field handling status channel submitted received due finished returned refused synthetic';
  return [...before, ...aliasColumns(aliases), ...after.split(' ')];
}

/** The supplements and steps of a dossier. */
class NestedWriter {
  readonly #supplement: StatementSync;
  readonly #step: StatementSync;
  readonly #removals: readonly StatementSync[];
  readonly #tables: readonly string[];

  constructor(
    private readonly database: DatabaseSync,
    { keepsSupplements, keepsSteps }: StoreShape,
  ) {
    this.#supplement = database.prepare('INSERT INTO supplements VALUES (?, ?, ?, ?, ?)');
    this.#step = database.prepare('INSERT INTO steps VALUES (?, ?, ?, ?, ?)');
    this.#tables = [...(keepsSupplements ? ['supplements'] : []), ...(keepsSteps ? ['steps'] : [])];
    this.#removals = this.#tables.map((table) => database.prepare(`DELETE FROM ${table} WHERE dossier = ?`));
  }

  add(dossier: number, { supplements, steps }: CopiedDossier): void {
    for (const { requestedAt, completedAt, dueBefore, dueAfter } of supplements ?? []) {
      this.#supplement.run(dossier, toMs(requestedAt), toMs(completedAt), toMs(dueBefore), toMs(dueAfter));
    }
    for (const { at, status, unit, dueAt } of steps ?? []) {
      this.#step.run(dossier, toMs(at), status, unit, toMs(dueAt));
    }
  }

  replace(dossier: number, row: CopiedDossier): void {
    this.remove(dossier);
    this.add(dossier, row);
  }

  remove(dossier: number): void {
    for (const removal of this.#removals) removal.run(dossier);
  }

  removeOf(selection: string): void {
    for (const table of this.#tables) {
      this.database.prepare(`DELETE FROM ${table} WHERE dossier IN (${selection})`).run();
    }
  }
}

function toMs(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
