import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { createLogger } from '../../../schema/runtime/logger';
import { createWorkingCalendar } from '../../../schema/calendar';
import { openCopy } from '../../../subgraphs/sources/copy/open-copy';
import type { RecordReader } from '../../../subgraphs/sources/copy/record-reader';
import { sqlRecordReader } from '../../../subgraphs/sources/copy/sql-record-reader';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { SqlSystem } from '../../../subgraphs/sources/mapping/system-mapping';
import { openSqlDatabase } from '../../../subgraphs/sources/sql/open-sql-database';

/**
 * Copies a table of many dossiers into a local store and says how fast, in how much memory, and what the next pass reads when nothing or
 * little has changed: `node -r @swc-node/register test/bench/sources/copy-bench.ts --rows 5000000`.
 */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '5000000' } } });
const ROWS = Number(values.rows);
const AGENCIES = Array.from({ length: 40 }, (_, i) => `H23.X${String(i + 1).padStart(2, '0')}`);
const FIRST = Date.parse('2019-01-01T00:00:00Z');
/** So many rows change before the last pass. */
const CHANGED = 500;

const MAPPING = `
version: 1
system: bench
name: A one-stop system
kind: sql
mode: copy
agencies: [${AGENCIES.join(', ')}]
connection: { dialect: sqlite, file: source.sqlite }
dossiers:
  table: HoSo
  code: MaHoSo
  aliases: [SoBienNhan]
  procedure: { column: MaTTHC }
  field: { column: LinhVuc }
  receivingAgency: { column: DonVi, values: { ${AGENCIES.map((code, i) => `"${i}": ${code}`).join(', ')} } }
  status: { columns: [TrangThai], match: folded, values: [{ when: [DANG XU LY], status: 4 }, { when: [DA TRA KET QUA], status: 10 }] }
  channel: { column: Kenh, values: { "1": DIRECT, "2": ONLINE, "3": POSTAL } }
  dates:
    submitted: { column: NgayNop, format: local-text }
    received: { column: NgayTiepNhan, format: local-text }
    due: { column: NgayHenTra, format: local-text, nullAs: "1753-01-01 00:00:00" }
    finished: { column: NgayXong, format: local-text, nullAs: "1753-01-01 00:00:00" }
    returned: { column: NgayTra, format: local-text, nullAs: "1753-01-01 00:00:00" }
  deleted: { column: DaXoa, type: number, values: [1] }
  updatedAt: { column: CapNhat, format: local-text }
`;

function localText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function writeSource(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
    CREATE TABLE HoSo (MaHoSo TEXT, SoBienNhan TEXT, MaTTHC TEXT, LinhVuc TEXT, DonVi INTEGER, TrangThai TEXT, Kenh TEXT,
      NgayNop TEXT, NgayTiepNhan TEXT, NgayHenTra TEXT, NgayXong TEXT, NgayTra TEXT, DaXoa INTEGER, CapNhat TEXT)`);
  const insert = database.prepare(`INSERT INTO HoSo VALUES (${Array(14).fill('?').join(', ')})`);
  const noDate = '1753-01-01 00:00:00';
  for (let i = 0; i < ROWS; i++) {
    const agency = (i * 7) % AGENCIES.length;
    const at = FIRST + Math.floor((i / ROWS) * 2000) * 86_400_000 + (i % 36_000) * 1000;
    const isDone = i % 10 !== 0;
    insert.run(
      `${AGENCIES[agency]}-${localText(at).slice(2, 10).replaceAll('-', '')}-${String(i).padStart(7, '0')}`,
      i % 3 === 0 ? `BN-${i}` : null,
      `1.${String(i % 1800).padStart(6, '0')}`,
      `Lĩnh vực ${i % 40}`,
      agency,
      isDone ? 'Đã trả kết quả' : 'Đang xử lý',
      String((i % 3) + 1),
      localText(at),
      localText(at + 3_600_000),
      i % 20 === 0 ? noDate : localText(at + 15 * 86_400_000),
      isDone ? localText(at + 10 * 86_400_000) : noDate,
      isDone ? localText(at + 11 * 86_400_000) : noDate,
      i % 1000 === 999 ? 1 : 0,
      localText(at + 11 * 86_400_000),
    );
  }
  database.exec(
    'COMMIT; CREATE INDEX HoSo_Ma ON HoSo (MaHoSo); CREATE INDEX HoSo_CapNhat ON HoSo (CapNhat, MaHoSo)',
  );
  database.close();
}

/** Counts what is read. */
function counting(reader: RecordReader): RecordReader & { rows: number } {
  const counter: RecordReader & { rows: number } = {
    rows: 0,
    async *read(request) {
      for await (const event of reader.read(request)) {
        if (event.kind === 'rows') counter.rows += event.records.length;
        yield event;
      }
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
  return counter;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'copy-bench-'));
  const file = join(folder, 'source.sqlite');
  writeSource(file);
  say(`${ROWS} dossiers in a table of ${Math.round(statSync(file).size / 1e6)} MB`);
  const mapping = parseSystemMapping('bench.yaml', MAPPING) as SqlSystem; // Its kind is sql.
  const database = await openSqlDatabase({ dialect: 'sqlite', file }, { env: {}, baseFolder: folder });
  let now = new Date('2026-11-01T00:00:00Z');
  const clock = () => now;
  const reader = counting(sqlRecordReader({ mapping, database, clock }));
  const logger = createLogger({ level: 'warn', write: (line) => process.stderr.write(line) });
  const calendar = createWorkingCalendar([]);
  const copy = await openCopy({ mapping, reader, folder: join(folder, 'stores'), clock, logger, calendar });
  const { signal } = new AbortController();
  let peakRss = 0;
  const watch = setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage().rss)), 50);

  const pass = async (name: string, kind: 'full' | 'changes') => {
    const [readBefore, startedAt, cpuBefore] = [reader.rows, performance.now(), process.cpuUsage()];
    peakRss = 0;
    const [finished] = await copy.copier.copyOnce({ signal, pass: kind });
    const seconds = (performance.now() - startedAt) / 1000;
    const cpu = process.cpuUsage(cpuBefore);
    const cpuSeconds = (cpu.user + cpu.system) / 1e6;
    const read = reader.rows - readBefore;
    say(
      `${name}: ${read} rows read in ${seconds.toFixed(2)} s (${Math.round(read / seconds)} rows/s; ${Math.round(read / cpuSeconds)} a second of processor time), peak RSS ${Math.round(peakRss / 1e6)} MB, ${JSON.stringify(finished?.counts ?? copy.health())}`,
    );
  };
  await pass('first full pass, with its indexes', 'full');
  now = new Date('2026-11-01T00:10:00Z');
  await pass('changes, nothing changed', 'changes');
  const source = new DatabaseSync(file);
  source
    .prepare(`UPDATE HoSo SET TrangThai = 'Đang xử lý', CapNhat = ? WHERE rowid % ? = 0`)
    .run('2026-11-01 07:11:00', Math.max(1, Math.floor(ROWS / CHANGED)));
  source.close();
  now = new Date('2026-11-01T00:15:00Z');
  await pass(`changes, ${CHANGED} rows changed`, 'changes');
  now = new Date('2026-11-02T00:15:00Z');
  await pass('full pass over a whole store', 'full');
  clearInterval(watch);
  say(`the store is ${Math.round(statSync(copy.store.file).size / 1e6)} MB`);
  await copy[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  if (existsSync(folder)) rmSync(folder, { recursive: true });
}

void main();
