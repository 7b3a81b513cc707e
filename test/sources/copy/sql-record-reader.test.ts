import { DatabaseSync } from 'node:sqlite';
import type { Collection, RawRecord, ReaderEvent } from '../../../subgraphs/sources/copy/record-reader';
import { sqlRecordReader } from '../../../subgraphs/sources/copy/sql-record-reader';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { SqlSystem } from '../../../subgraphs/sources/mapping/system-mapping';
import { asAgencyDatabase } from '../../support/sqlite-in-memory';

const START = Date.parse('2024-06-28T03:00:00Z');

function mappingWith(updatedAt: string): SqlSystem {
  const mapping = parseSystemMapping(
    'so.yaml',
    `
version: 1
system: so
name: Sở
kind: sql
mode: copy
agencies: [X01]
connection: { dialect: sqlite, file: x }
dossiers:
  table: HoSo
  code: Ma
  field: { column: LinhVuc, through: [{ table: LinhVuc, match: Id, value: Ten }] }
  receivingAgency: { constant: X01 }
  status: { columns: [TrangThai], values: [] }
  dates: { received: { column: Nhan, format: local-text } }
  ${updatedAt}
procedures:
  table: ThuTuc
  columns: { code: Ma, name: Ten }
  computed: { Ma: 'row.So + ".H23"' }
`,
  );
  if (mapping.kind !== 'sql') throw new Error('The mapping above is of the kind sql');
  return mapping;
}

const LOCAL_TEXT = 'updatedAt: { column: CapNhat, format: local-text, nullAs: "9999-12-31 00:00:00" }';

class Table {
  readonly database = new DatabaseSync(':memory:');
  now = START;
  #marks: ReadonlyMap<string, string> = new Map();

  constructor(private readonly updatedAt = LOCAL_TEXT) {
    this.database.exec(`
      CREATE TABLE HoSo (Ma TEXT COLLATE NOCASE, TrangThai TEXT, Nhan TEXT, LinhVuc INTEGER, CapNhat, HoTen TEXT);
      CREATE INDEX HoSo_CapNhat ON HoSo (CapNhat, Ma);
      CREATE TABLE LinhVuc (Id INTEGER, Ten TEXT);
      INSERT INTO LinhVuc VALUES (1, 'Hộ tịch');
      CREATE TABLE ThuTuc (So TEXT, Ten TEXT)`);
  }

  add(code: string | null, changed: string | number | null = '2024-06-01 08:00:00'): void {
    this.database
      .prepare('INSERT INTO HoSo VALUES (?, ?, ?, 1, ?, ?)')
      .run(code, 'x', '2024-06-01 08:00:00', changed, 'Nguyễn Văn A');
  }

  /** Codes told by a pass, each as often as it was. The last mark is kept for the next pass, as a store would. */
  async pass(pass: 'full' | 'changes', collection: Collection = 'dossiers'): Promise<readonly string[]> {
    return (await this.records(pass, collection)).map((record) => String(record['Ma'] as string | null));
  }

  async records(
    pass: 'full' | 'changes',
    collection: Collection = 'dossiers',
  ): Promise<readonly RawRecord[]> {
    const events: ReaderEvent[] = [];
    const reader = sqlRecordReader({
      mapping: mappingWith(this.updatedAt),
      database: asAgencyDatabase(this.database),
      clock: () => new Date(this.now),
    });
    const marks = pass === 'full' ? new Map<string, string>() : this.#marks;
    const { signal } = new AbortController();
    for await (const event of reader.read({ collection, pass, marks, kept: marks, signal }))
      events.push(event);
    for (const event of events) {
      if (event.kind === 'rows') expect(event.records.length).toBeLessThanOrEqual(1_000);
      if ('mark' in event && event.mark !== null) this.#marks = new Map([['', event.mark]]);
    }
    return events.flatMap((event) =>
      event.kind === 'rows' ? event.records.map(({ record }) => record) : [],
    );
  }
}

function distinct(codes: readonly string[]): readonly string[] {
  return [...new Set(codes)].toSorted();
}

describe('a table read as records', () => {
  it('gives the columns that the mapping names, texts followed, and nothing else', async () => {
    const table = new Table();
    table.add('A');
    expect(await table.records('full')).toEqual([
      {
        Ma: 'A',
        TrangThai: 'x',
        Nhan: '2024-06-01 08:00:00',
        CapNhat: '2024-06-01 08:00:00',
        'LinhVuc > LinhVuc.Ten': 'Hộ tịch',
      },
    ]);
  });

  it('is told whole: also rows without a code, codes that the collation takes for one, and a code of 2,500 rows', async () => {
    const table = new Table();
    const codes = Array.from({ length: 2_100 }, (_, i) => `hs-${String(i).padStart(4, '0')}`);
    for (const code of codes) {
      table.add(code);
      table.add(code.toUpperCase());
    }
    for (let i = 0; i < 2_500; i++) table.add('hs-1000x');
    table.add(null);
    const told = await table.pass('full');
    expect(distinct(told)).toEqual(
      distinct([...codes, ...codes.map((code) => code.toUpperCase()), 'hs-1000x', 'null']),
    );
    expect(told.filter((code) => code === 'hs-1000x').length).toBeGreaterThanOrEqual(2_500);
  });

  it.each([[''], ['updatedAt: { column: CapNhat, format: vietnamese }']])(
    'is told whole again where nobody can ask for changes (%s)',
    async (updatedAt) => {
      const table = new Table(updatedAt);
      table.add('A', '01/06/2024');
      await table.pass('full');
      expect(await table.pass('changes')).toEqual(['A']);
    },
  );
});

describe('a catalogue whose code is computed', () => {
  it('is read in one go, by the columns that the code is made of', async () => {
    const table = new Table();
    table.database.exec("INSERT INTO ThuTuc VALUES ('1.000001', 'Khai sinh')");
    expect(await table.records('full', 'procedures')).toEqual([{ So: '1.000001', Ten: 'Khai sinh' }]);
    expect(await table.records('changes', 'procedures')).toHaveLength(1);
  });
});

describe('the changes of a table', () => {
  it('are read, and nothing that did not change', async () => {
    const table = new Table();
    for (let i = 0; i < 3_000; i++) table.add(`A${i}`);
    table.add('sentinel', '9999-12-31 00:00:00');
    table.add('never', null);
    await table.pass('full');
    table.now += 600_000;
    expect(await table.pass('changes')).toEqual([]);
    table.add('B', '2024-06-28 10:11:00');
    table.now += 600_000;
    expect(await table.pass('changes')).toEqual(['B']);
    table.now += 600_000;
    // The time just before the last reading is read once more, for whoever was late; then nothing is.
    await table.pass('changes');
    table.now += 600_000;
    expect(await table.pass('changes')).toEqual([]);
  });

  it('are not lost when they have the time of the last one that was read', async () => {
    const table = new Table();
    await table.pass('full');
    table.add('M', '2024-06-28 10:00:01');
    table.now += 2_000;
    expect(await table.pass('full')).toEqual(['M']);
    table.add('B', '2024-06-28 10:00:01');
    table.now += 2_000;
    expect(await table.pass('changes')).toContain('B');
  });

  it.each([
    ['an hour slow', -3_600_000],
    ['an hour fast', 3_600_000],
  ])('are not lost when the clock of the source is %s', async (_, offset) => {
    const table = new Table('updatedAt: { column: CapNhat, format: epoch-ms }');
    table.add('old', table.now + offset);
    await table.pass('full');
    const told: string[] = [];
    for (let i = 0; i < 5; i++) {
      table.now += 300_000;
      table.add(`A${i}`, table.now + offset - 1_000);
      told.push(...(await table.pass('changes')));
    }
    expect(distinct(told).filter((code) => code !== 'old')).toEqual(['A0', 'A1', 'A2', 'A3', 'A4']);
  });

  it('are not lost when a transaction was open while others were read', async () => {
    const table = new Table();
    table.add('A', '2024-06-28 09:59:59');
    await table.pass('full');
    table.now += 10_000;
    table.add('late', '2024-06-28 09:59:00');
    expect(await table.pass('changes')).toContain('late');
  });

  it('that were made while the table was read whole are read afterwards', async () => {
    const table = new Table();
    table.add('A', '2024-06-28 09:00:00');
    await table.pass('full');
    table.database.exec("UPDATE HoSo SET TrangThai = 'y', CapNhat = '2024-06-28 10:00:30'");
    table.now += 600_000;
    expect((await table.records('changes')).map((record) => record['TrangThai'])).toEqual(['y']);
  });
});

describe('a table that is not what it was', () => {
  it.each([
    ['DROP TABLE HoSo', 'SOURCE_NO_TABLE', 'HoSo'],
    ['ALTER TABLE HoSo RENAME TrangThai TO TT', 'SOURCE_NO_COLUMN', 'TrangThai'],
  ])('ends the pass after %s with %s of %s', async (statement, code, place) => {
    const table = new Table();
    table.database.exec(statement);
    await expect(table.pass('full')).rejects.toMatchObject({ code, place });
  });
});
