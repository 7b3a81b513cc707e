import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Competence, ProcedureRecord } from '../catalogue/procedure-record';
import type { ReadProcedure } from '../values/read-procedure';
import { contentHash } from './content-hash';
import {
  judge,
  type RowWriter,
  type StoredRow,
  SWEEP_IDS,
  type Telling,
  type WriteOutcome,
} from './row-writer';

/** Writes procedures under code, publishing agency and first day: what one system publishes again and again is one procedure. */
export class ProcedureWriter implements RowWriter<ReadProcedure> {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #remove: StatementSync;

  constructor(private readonly database: DatabaseSync) {
    this.#find = database.prepare(
      'SELECT id, scope, seen, hash, NULL AS updated FROM procedures WHERE code = ? AND agency = ? AND valid_from = ?',
    );
    this.#insert = database.prepare(
      'INSERT INTO procedures (scope, seen, hash, code, agency, valid_from, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#update = database.prepare(
      'UPDATE procedures SET scope = ?, seen = ?, hash = ?, record = ? WHERE id = ?',
    );
    this.#remove = database.prepare(
      'DELETE FROM procedures WHERE code = ? AND agency = ? AND valid_from = ?',
    );
  }

  write({ record, deleted }: ReadProcedure, telling: Telling): WriteOutcome {
    if (deleted !== null) {
      const { changes } = this.#remove.run(deleted.code, deleted.agency, deleted.validFrom ?? '');
      return changes === 0 ? 'unchanged' : 'removed';
    }
    const [competence] = record?.competences ?? [];
    if (record === null || competence === undefined) return 'refused';
    const { scope, generation } = telling;
    const key = [record.code, competence.agency, competence.validFrom ?? ''] as const;
    const content = JSON.stringify(record);
    const told = { hash: contentHash(content), updated: null };
    // The columns are those of the statement.
    const stored = this.#find.get(...key) as unknown as StoredRow | undefined;
    if (stored === undefined) {
      this.#insert.run(scope, generation, told.hash, ...key, content);
      return 'added';
    }
    const verdict = judge(stored, told, telling);
    this.#update.run(scope, generation, told.hash, content, stored.id);
    return verdict === 'older' ? 'unchanged' : verdict;
  }

  sweep(
    { scope, generation }: Telling,
    from: number,
    isGone: boolean,
  ): { removed: number; next: number | null } {
    const to = from + SWEEP_IDS;
    const unseen = isGone ? '' : `AND seen <> ${generation}`;
    const { changes } = this.database
      .prepare(`DELETE FROM procedures WHERE id > ${from} AND id <= ${to} AND scope = ${scope} ${unseen}`)
      .run();
    const last = this.database.prepare('SELECT max(id) AS id FROM procedures').get();
    return { removed: Number(changes), next: Number(last?.['id'] ?? 0) > to ? to : null };
  }
}

/** One record a code: the row that is valid last says what the procedure is, every row adds who publishes it and when. */
export function mergeProcedures(rows: readonly ProcedureRecord[]): readonly ProcedureRecord[] {
  const byCode = new Map<string, ProcedureRecord[]>();
  for (const row of rows) {
    const own = byCode.get(row.code);
    if (own === undefined) byCode.set(row.code, [row]);
    else own.push(row);
  }
  return [...byCode.values()].map((own) => {
    const inTime = own.toSorted((a, b) =>
      firstDay(a) < firstDay(b) ? -1 : firstDay(a) > firstDay(b) ? 1 : 0,
    );
    // Each group has at least the row that began it.
    const last = inTime.at(-1) as ProcedureRecord;
    return { ...last, competences: withoutOverlaps(inTime.flatMap(({ competences }) => competences)) };
  });
}

function firstDay({ competences: [competence] }: ProcedureRecord): string {
  return competence?.validFrom ?? '';
}

/** A competence ends at the latest where the next one begins; of two that begin together the later one told stands. */
function withoutOverlaps(inTime: readonly Competence[]): readonly Competence[] {
  return inTime.flatMap((competence, i) => {
    const next = inTime[i + 1];
    if (next === undefined) return competence;
    const begins = next.validFrom ?? '';
    if (begins <= (competence.validFrom ?? '')) return [];
    const ends = competence.validTo;
    return ends !== null && ends < begins ? competence : { ...competence, validTo: dayBefore(begins) };
  });
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
