import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import writeExcelFile from 'write-excel-file/node';
import { createSheetReader } from '../../subgraphs/sources/sheet/sheet-reader';
import { codesOf, passesOver, plainDossiers, SheetPasses } from '../support/sheet-folder';

const XLSX = '{ files: "*.xlsx" }';

async function workbook(...codes: readonly string[]): Promise<Buffer> {
  const rows = codes.map((code) => [code, '03/06/2024', 'Xong']);
  return writeExcelFile([['Mã hồ sơ', 'Ngày tiếp nhận', 'Trạng thái'], ...rows], { sheet: 'T6' }).toBuffer();
}

describe('the files of a folder', () => {
  it('are told once, and again only when their content changes', async () => {
    using place = passesOver(XLSX);
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    writeFileSync(place.path('b.xlsx'), await workbook('H23-2'));

    const first = await place.passes.take();
    const unchanged = await place.passes.take();
    utimesSync(place.path('a.xlsx'), new Date(), new Date());
    const touched = await place.passes.take();
    const afterTouch = await place.passes.take();
    writeFileSync(place.path('b.xlsx'), await workbook('H23-3'));
    const changed = await place.passes.take();
    const full = await place.passes.take('full');

    expect(first.events.map(({ kind, scope }) => [kind, scope])).toEqual([
      ['rows', 'a.xlsx'],
      ['complete', 'a.xlsx'],
      ['rows', 'b.xlsx'],
      ['complete', 'b.xlsx'],
    ]);
    expect(unchanged.events).toEqual([]);
    expect(touched.events).toMatchObject([{ kind: 'rows', scope: 'a.xlsx', records: [] }]);
    expect(afterTouch.events).toEqual([]);
    expect(codesOf(changed)).toEqual(['H23-3']);
    expect(codesOf(full)).toEqual(['H23-1', 'H23-3']);
  });

  it('are told again when the mapping reads them in another way', async () => {
    using place = passesOver(XLSX);
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    await place.passes.take();
    const other = new SheetPasses(
      createSheetReader(plainDossiers('{ files: "*.xlsx", sheets: "T*" }'), {
        baseFolder: place.folder,
        clock: Date.now,
      }),
    );
    for (const [scope, mark] of place.passes.marks) other.marks.set(scope, mark);

    expect(codesOf(await other.take())).toEqual(['H23-1']);
  });

  it('are gone when they are deleted, after a renamed one was told under its new name', async () => {
    using place = passesOver(XLSX);
    writeFileSync(place.path('z.xlsx'), await workbook('H23-1'));
    await place.passes.take();
    renameSync(place.path('z.xlsx'), place.path('a.xlsx'));

    const renamed = await place.passes.take();
    rmSync(place.path('a.xlsx'));
    const deleted = await place.passes.take();

    expect(renamed.events.map(({ kind, scope }) => [kind, scope])).toEqual([
      ['rows', 'a.xlsx'],
      ['complete', 'a.xlsx'],
      ['gone', 'z.xlsx'],
    ]);
    expect(deleted.events).toEqual([{ kind: 'gone', scope: 'a.xlsx' }]);
  });

  it('are noticed when another file with the same size and time takes their place', async () => {
    using place = passesOver('{ files: "*.csv" }');
    const text = (code: string) => `Mã hồ sơ,Ngày tiếp nhận,Trạng thái\n${code},03/06/2024,Xong\n`;
    const time = new Date('2024-06-03T01:00:00Z');
    writeFileSync(place.path('a.csv'), text('H23-1'));
    writeFileSync(place.path('new'), text('H23-2'));
    for (const name of ['a.csv', 'new']) utimesSync(place.path(name), time, time);
    await place.passes.take();
    renameSync(place.path('new'), place.path('a.csv'));

    expect(codesOf(await place.passes.take())).toEqual(['H23-2']);
  });

  it('are left alone while they move, also when their times are ahead of our clock', async () => {
    using place = passesOver(XLSX, '5s');
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    const { mtimeMs } = statSync(place.path('a.xlsx'));
    place.clock.now = mtimeMs + 1_000;
    const moving = await place.passes.take();
    place.clock.now = mtimeMs + 6_000;
    const atRest = await place.passes.take();

    const tomorrow = new Date(mtimeMs + 86_400_000);
    utimesSync(place.path('a.xlsx'), tomorrow, tomorrow);
    writeFileSync(place.path('b.xlsx'), await workbook('H23-2'));
    utimesSync(place.path('b.xlsx'), tomorrow, tomorrow);
    const ahead = await place.passes.take();
    place.clock.now += 5_000;
    const seenAtRest = await place.passes.take();

    expect(moving.events).toEqual([]);
    expect(codesOf(atRest)).toEqual(['H23-1']);
    expect(ahead.events).toEqual([]);
    expect(codesOf(seenAtRest)).toEqual(['H23-2']);
  });

  it('are not called gone while the folder itself still moves: a program that saves puts the old file away first', async () => {
    using place = passesOver(XLSX, '5s');
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    place.clock.now = Date.now() + 6_000;
    await place.passes.take();
    rmSync(place.path('a.xlsx'));
    place.clock.now = Date.now() + 1_000;
    const saving = await place.passes.take();
    place.clock.now = Date.now() + 12_000;
    const deleted = await place.passes.take();

    expect(saving.events).toEqual([]);
    expect(deleted.events).toEqual([{ kind: 'gone', scope: 'a.xlsx' }]);
  });

  it('do not include locks, hidden files and halves of a download', async () => {
    using place = passesOver('{ files: "*" }');
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    for (const name of [
      '~$a.xlsx',
      '.~lock.a.xlsx#',
      '.hoso.xlsx',
      'b.xlsx.part',
      'c.xlsx.crdownload',
      '~WRL1.tmp',
    ])
      writeFileSync(place.path(name), 'x');

    const { failure, records } = await place.passes.take();

    expect(failure).toBeUndefined();
    expect(codesOf({ records })).toEqual(['H23-1']);
  });

  it('may be cut short: then the old rows stay, the others are told, and the whole file heals it', async () => {
    using place = passesOver(XLSX);
    const whole = await workbook('H23-1', 'H23-2');
    writeFileSync(place.path('a.xlsx'), whole);
    writeFileSync(place.path('b.xlsx'), await workbook('H23-3'));
    await place.passes.take();
    writeFileSync(place.path('a.xlsx'), whole);
    truncateSync(place.path('a.xlsx'), whole.length - 100);
    writeFileSync(place.path('b.xlsx'), await workbook('H23-4'));

    const cut = await place.passes.take();
    writeFileSync(place.path('a.xlsx'), await workbook('H23-5'));
    const healed = await place.passes.take();

    expect(cut.events.map(({ scope }) => scope)).toEqual(['b.xlsx', 'b.xlsx']);
    expect(cut.failure).toMatchObject({ code: 'SOURCE_BAD_FILE', place: 'a.xlsx' });
    expect(cut.failure?.message).toBe('The file "a.xlsx" is cut short: copy it again, whole');
    expect(healed.failure).toBeUndefined();
    expect(codesOf(healed)).toEqual(['H23-5']);
  });

  it('are bad wherever they are cut', async () => {
    using place = passesOver(XLSX);
    const whole = await workbook('H23-1');
    const failures: (string | undefined)[] = [];
    for (let size = 1; size < whole.length; size += 97) {
      writeFileSync(place.path('a.xlsx'), whole.subarray(0, size));
      const { failure, events } = await place.passes.take();
      failures.push(failure?.code);
      expect(events).toEqual([]);
    }

    expect(failures.length).toBeGreaterThan(20);
    expect(new Set(failures)).toEqual(new Set(['SOURCE_BAD_FILE']));
  });

  it('are bad when bytes in the middle are damaged', async () => {
    using place = passesOver(XLSX);
    const whole = await workbook('H23-1');
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, 200, whole.length - 1_200);
    writeFileSync(place.path('a.xlsx'), damaged);

    expect((await place.passes.take()).failure?.code).toBe('SOURCE_BAD_FILE');
  });

  it.each([
    [
      'khoa.xlsx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'locked with a password',
    ],
    ['cu.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old Excel format'],
    ['macro.xlsm', Buffer.from('PK'), 'macros'],
    ['trang.xlsx', Buffer.from('<html></html>'), 'no Excel workbook'],
    ['rong.xlsx', Buffer.alloc(0), 'is empty'],
    ['anh.png', Buffer.from('png'), 'neither .xlsx nor .csv'],
  ])('are refused with a sentence when they are no plain workbook: %s', async (name, bytes, sentence) => {
    using place = passesOver('{ files: "*" }');
    writeFileSync(place.path(name), bytes);

    const { failure } = await place.passes.take();

    expect(failure).toMatchObject({ code: 'SOURCE_BAD_FILE', place: name });
    expect(failure?.message).toContain(sentence);
  });

  it('are refused in the form of zips beyond 4 GB, and not called cut short', async () => {
    using place = passesOver(XLSX);
    const whole = await workbook('H23-1');
    const end = Buffer.from(whole.subarray(-22));
    end.writeUInt32LE(0xffff_ffff, 16);
    const locator = Buffer.alloc(20);
    locator.write('PK\u0006\u0007', 'latin1');
    writeFileSync(place.path('a.xlsx'), Buffer.concat([whole.subarray(0, -22), locator, end]));

    expect((await place.passes.take()).failure?.message).toContain('ZIP64');
  });

  it('tell all their troubles in one problem', async () => {
    using place = passesOver(XLSX);
    writeFileSync(place.path('a.xlsx'), 'x');
    writeFileSync(place.path('b.xlsx'), '');

    const { failure } = await place.passes.take();

    expect(failure?.message).toMatch(/"a\.xlsx".*; The file "b\.xlsx" is empty/);
  });

  it('are asked for in a folder that must be there', async () => {
    using place = passesOver(XLSX);
    const reader = createSheetReader(plainDossiers(XLSX), {
      baseFolder: place.path('none'),
      clock: Date.now,
    });

    expect((await new SheetPasses(reader).take()).failure).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });

  it('do not count as deleted when the folder is on another disk, as that of a share that is not mounted', async () => {
    using place = passesOver(XLSX);
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    await place.passes.take();
    const mark = place.passes.marks.get('a.xlsx') ?? '';
    const parts = JSON.parse(mark) as unknown[];
    place.passes.marks.set('a.xlsx', JSON.stringify([...parts.slice(0, -1), -1]));
    rmSync(place.path('a.xlsx'));

    const { events, failure } = await place.passes.take();

    expect(events).toEqual([]);
    expect(failure?.code).toBe('SOURCE_UNREACHABLE');
  });

  it('may grow while they are read: what was read is not called complete', async () => {
    using place = passesOver('{ files: "*.csv" }');
    const line = (n: number) => `H23-${n},03/06/2024,Xong\n`;
    const lines = Array.from({ length: 20_000 }, (_, n) => line(n)).join('');
    writeFileSync(place.path('a.csv'), `Mã hồ sơ,Ngày tiếp nhận,Trạng thái\n${lines}`);
    const reader = createSheetReader(plainDossiers('{ files: "*.csv" }'), {
      baseFolder: place.folder,
      clock: Date.now,
    });
    const kinds: string[] = [];
    const signal = new AbortController().signal;

    for await (const { kind } of reader.read({
      collection: 'dossiers',
      pass: 'full',
      marks: new Map(),
      kept: new Map(),
      signal,
    })) {
      if (kinds.length === 0) appendFileSync(place.path('a.csv'), line(20_000));
      kinds.push(kind);
    }

    expect(new Set(kinds)).toEqual(new Set(['rows']));
    const next = await place.passes.take();
    expect(next.records).toHaveLength(20_001);
    expect(next.events.at(-1)?.kind).toBe('complete');
  });

  it('end a pass when it is called off', async () => {
    using place = passesOver(XLSX);
    writeFileSync(place.path('a.xlsx'), await workbook('H23-1'));
    copyFileSync(place.path('a.xlsx'), place.path('b.xlsx'));
    const off = new AbortController();
    const reader = createSheetReader(plainDossiers(XLSX), { baseFolder: place.folder, clock: Date.now });
    const read = async () => {
      const request = {
        collection: 'dossiers',
        pass: 'full',
        marks: new Map(),
        kept: new Map(),
        signal: off.signal,
      } as const;
      for await (const { kind } of reader.read(request)) if (kind === 'rows') off.abort();
    };

    await expect(read()).rejects.toThrow(/abort/i);
  });
});
