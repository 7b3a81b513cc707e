import { DatabaseSync } from 'node:sqlite';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import type { SqlSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { randomNumbers } from './random-dossiers';

/** A table of dossiers that changes as an agency's would: new rows, changed ones, deleted ones, a code used by two agencies. */
export class ChangingTable implements Disposable {
  readonly #database: DatabaseSync;
  readonly #next: () => number;
  #count = 0;

  constructor(file: string, seed: number, rows: number) {
    this.#next = randomNumbers(seed);
    this.#database = new DatabaseSync(file);
    this.#database.exec(
      `PRAGMA journal_mode = WAL;
      CREATE TABLE HoSo (Id INTEGER PRIMARY KEY, Ma TEXT, DonVi TEXT, TrangThai TEXT, Nhan TEXT, CapNhat TEXT, DaXoa INTEGER NOT NULL DEFAULT 0);
      CREATE TABLE BoSung (Ma TEXT, Ngay TEXT);`,
    );
    this.#database.exec('BEGIN');
    for (let i = 0; i < rows; i++) this.#add('2024-06-01 08:00:00');
    this.#database.exec('COMMIT');
  }

  /** Some rows are added, changed, flagged as deleted and deleted, all at an instant of local time. */
  change(at: string): void {
    this.#database.exec('BEGIN');
    for (let i = 0; i < 40; i++) this.#add(at);
    this.#run(`UPDATE HoSo SET TrangThai = 'done', CapNhat = ? WHERE Id % 97 = ?`, at, this.#pick(97));
    this.#run(`UPDATE HoSo SET DaXoa = 1, CapNhat = ? WHERE Id % 211 = ?`, at, this.#pick(211));
    this.#run('DELETE FROM HoSo WHERE Id % 307 = ?', this.#pick(307));
    this.#database.exec('COMMIT');
  }

  /** Every dossier that is to be served: agency, code, status and how many supplements, one text each. */
  expected(): readonly string[] {
    return this.#database
      .prepare(
        `SELECT DonVi, Ma, TrangThai, (SELECT count(*) FROM BoSung b WHERE b.Ma = h.Ma) AS supplements FROM HoSo h
          WHERE DaXoa = 0 ORDER BY DonVi, Ma`,
      )
      .all()
      .map(
        (row) =>
          `${row['DonVi'] as string} ${row['Ma'] as string} ${row['TrangThai'] === 'done' ? 10 : 4} ${row['supplements'] as number}`,
      );
  }

  lastChange(): string {
    return String(this.#database.prepare('SELECT max(CapNhat) AS last FROM HoSo').get()?.['last']);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #add(at: string): void {
    const code = `HS-${String(this.#count++).padStart(6, '0')}`;
    this.#insert(code, 'X01', at);
    // Numbers are given by each agency for itself.
    if (this.#next() < 0.02) this.#insert(code, 'X02', at);
    if (this.#next() < 0.1) this.#run('INSERT INTO BoSung VALUES (?, ?)', code, at);
  }

  #insert(code: string, agency: string, at: string): void {
    this.#run(
      'INSERT INTO HoSo (Ma, DonVi, TrangThai, Nhan, CapNhat) VALUES (?, ?, ?, ?, ?)',
      code,
      agency,
      'open',
      '2024-05-01 08:00:00',
      at,
    );
  }

  #run(text: string, ...values: readonly (string | number)[]): void {
    this.#database.prepare(text).run(...values);
  }

  #pick(below: number): number {
    return Math.floor(this.#next() * below);
  }
}

export function changingTableMapping(): SqlSystem {
  const mapping = parseSystemMapping(
    'changing.yaml',
    `
version: 1
system: changing
name: A table that changes
kind: sql
mode: copy
agencies: [X01, X02]
connection: { dialect: sqlite, file: source.sqlite }
dossiers:
  table: HoSo
  code: Ma
  receivingAgency: { column: DonVi, values: { X01: X01, X02: X02 } }
  status: { columns: [TrangThai], values: [{ when: [open], status: 4 }, { when: [done], status: 10 }] }
  dates: { received: { column: Nhan, format: local-text } }
  deleted: { column: DaXoa, type: number, values: [1] }
  updatedAt: { column: CapNhat, format: local-text }
  supplements:
    table: BoSung
    dossier: Ma
    refersTo: Ma
    requestedAt: { column: Ngay, format: local-text }
    completedAt: null
    dueBefore: null
    dueAfter: null
`,
  );
  if (mapping.kind !== 'sql') throw new Error('The mapping above is of the kind sql');
  return mapping;
}

/** What a store has, in the words of `expected`. */
export function storedDossiers(file: string): readonly string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database
    .prepare(
      `SELECT agency, code, status, (SELECT count(*) FROM supplements s WHERE s.dossier = d.id) AS supplements FROM dossiers d
        ORDER BY agency, code`,
    )
    .all();
  database.close();
  return rows.map(
    (row) =>
      `${row['agency'] as string} ${row['code'] as string} ${row['status'] as number} ${row['supplements'] as number}`,
  );
}
