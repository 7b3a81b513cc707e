import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenCopy } from '../../../subgraphs/sources/copy/open-copy';
import type { RawRecord } from '../../../subgraphs/sources/copy/record-reader';
import { SourceProblem } from '../../../subgraphs/sources/source-problem';
import { openTestCopy, plainMapping } from '../../support/copied-system';
import { complete, rows, ScriptedReader, type Step } from '../../support/scripted-reader';

const NOW = '2024-06-28T03:00:00.000Z';
const { signal } = new AbortController();

function dossier(code: string, changes: RawRecord = {}): RawRecord {
  return { code, agency: 1, status: 'open', received: '2024-06-01 08:00:00', ...changes };
}

async function codes(copy: OpenCopy): Promise<readonly string[]> {
  const page = await copy.dossiers?.page({
    criteria: {},
    order: 'RECEIVED_ASC',
    after: null,
    limit: 100,
    now: NOW,
  });
  return page?.map(({ code, receivingAgency, status }) => `${receivingAgency} ${code} ${status}`) ?? [];
}

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'copy-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function open(reader: ScriptedReader, more = '', clock = () => new Date(NOW)): Promise<OpenCopy> {
  return openTestCopy({ mapping: plainMapping(more), reader, folder, clock });
}

/** Passes one after the other, each telling its steps. */
async function copied(
  copy: OpenCopy,
  reader: ScriptedReader,
  ...passes: readonly (readonly Step[])[]
): Promise<void> {
  for (const steps of passes) {
    reader.willTell(steps);
    await copy.copier.copyOnce({ signal });
  }
}

describe('a copy', () => {
  it('serves nothing before all was told once, and all of it from then on', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    expect(copy.health()).toEqual({ asOf: null, problem: null, isStale: true });
    await expect(codes(copy)).rejects.toMatchObject({ code: 'SOURCE_STALE' });

    await copied(copy, reader, [
      rows('', [dossier('A'), dossier('B', { agency: '2', status: 'done' })]),
      complete(''),
    ]);

    expect(await codes(copy)).toEqual(['H23.X01 A 4', 'H23.X02 B 10']);
    expect(copy.health()).toEqual({ asOf: NOW, problem: null, isStale: false });
  });

  it('is served again after a restart without a word of the source', async () => {
    const reader = new ScriptedReader();
    {
      await using copy = await open(reader);
      await copied(copy, reader, [rows('', [dossier('A')]), complete('', 'm1')]);
    }
    await using copy = await open(reader);
    expect(await codes(copy)).toEqual(['H23.X01 A 4']);
    expect(copy.health().asOf).toBe(NOW);
  });

  it('asks for everything first, for changes with the last marks then, and for everything when that is due', async () => {
    const reader = new ScriptedReader();
    let now = Date.parse(NOW);
    await using copy = await open(reader, '', () => new Date(now));
    await copied(
      copy,
      reader,
      [rows('', [dossier('A')], 'middle'), complete('', 'm1')],
      [rows('', [dossier('B')], 'm2')],
    );
    await copied(copy, reader, []);
    now += 86_400_000;
    await copied(copy, reader, [rows('', [dossier('B')]), complete('', 'm3')]);

    expect(reader.requests.map(({ pass, marks }) => [pass, ...marks.values()])).toEqual([
      ['full'],
      ['changes', 'm1'],
      ['changes', 'm2'],
      ['full'],
    ]);
    expect(await codes(copy)).toEqual(['H23.X01 B 4']);
  });

  it('keeps what was told before a source broke off, says so, and goes on from its mark', async () => {
    const reader = new ScriptedReader();
    let now = Date.parse(NOW);
    await using copy = await open(reader, '', () => new Date(now));
    const gone = new SourceProblem('SOURCE_UNREACHABLE', 'The service is away', 'page 2');
    await copied(copy, reader, [rows('', [dossier('A')], 'page 1'), gone]);
    now += 60_000;
    await copied(copy, reader, [gone]);
    expect(copy.health().problem).toEqual({
      code: 'SOURCE_UNREACHABLE',
      message: 'The service is away',
      place: 'page 2',
      since: NOW,
    });
    await expect(codes(copy)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });

    await copied(copy, reader, [rows('', [dossier('B')], 'page 2'), complete('', 'm1')]);

    expect(reader.requests.map(({ pass, marks }) => [pass, ...marks.values()])).toEqual([
      ['full'],
      ['full', 'page 1'],
      ['full', 'page 1'],
    ]);
    expect(copy.health()).toMatchObject({ problem: null, asOf: NOW });
    expect(await codes(copy)).toEqual(['H23.X01 A 4', 'H23.X01 B 4']);
  });

  it('goes on serving what it has while a source is away, and is stale after three passes that were missed', async () => {
    const reader = new ScriptedReader();
    let now = Date.parse(NOW);
    await using copy = await open(reader, '', () => new Date(now));
    await copied(copy, reader, [rows('', [dossier('A')]), complete('', 'm1')]);
    now += 14 * 60_000;
    await copied(copy, reader, [new SourceProblem('SOURCE_TIMEOUT', 'Too slow', 'list')]);
    expect(copy.health()).toMatchObject({ asOf: NOW, isStale: false, problem: { code: 'SOURCE_TIMEOUT' } });
    now += 2 * 60_000;
    expect(copy.health().isStale).toBe(true);
    expect(await codes(copy)).toEqual(['H23.X01 A 4']);
  });

  it('takes an error of our own for a problem too, and lives', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    await copied(copy, reader, [new Error('boom')]);
    const { problem } = copy.health();
    expect(problem?.code).toBe('SOURCE_BAD_ANSWER');
    expect(problem?.message).toContain('boom');
  });

  it('shows whole batches while a pass runs', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    await copied(copy, reader, [rows('', [dossier('A')]), complete('', 'm1')]);
    const seen: (readonly string[])[] = [];
    const look = async () => void seen.push(await codes(copy));
    await copied(copy, reader, [look, rows('', [dossier('B'), dossier('C')], 'm2'), look]);
    expect(seen).toEqual([['H23.X01 A 4'], ['H23.X01 A 4', 'H23.X01 B 4', 'H23.X01 C 4']]);
  });
});

describe('the rows of a copy', () => {
  it('are by file, and go with it', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    await copied(
      copy,
      reader,
      [
        rows('a.xlsx', [dossier('A'), dossier('B')]),
        complete('a.xlsx', 'a1'),
        rows('b.xlsx', [dossier('C')]),
        complete('b.xlsx', 'b1'),
      ],
      [rows('a.xlsx', [dossier('B')]), rows('a.xlsx', [dossier('D')]), complete('a.xlsx', 'a2')],
    );
    expect(await codes(copy)).toEqual(['H23.X01 B 4', 'H23.X01 C 4', 'H23.X01 D 4']);
    await copied(copy, reader, [{ kind: 'gone', scope: 'b.xlsx' }]);
    expect(await codes(copy)).toEqual(['H23.X01 B 4', 'H23.X01 D 4']);
    expect(copy.store.marks('dossiers')).toEqual(new Map([['a.xlsx', 'a2']]));
  });

  it('all go when a list is told to be empty', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    await copied(copy, reader, [rows('', [dossier('A')]), complete('', 'm')], [complete('', 'm')]);
    expect(await codes(copy)).toEqual([]);
  });

  it('are one for each agency and code: the later one told stands, and a duplicate is told', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    const list = [
      dossier('A'),
      dossier('A', { agency: 2 }),
      dossier('A', { status: 'done' }),
      dossier('A', { agency: 2 }),
    ];
    await copied(copy, reader, [rows('', list), complete('')]);
    expect(await codes(copy)).toEqual(['H23.X01 A 10', 'H23.X02 A 4']);
    expect(copy.store.problems()).toEqual([
      {
        collection: 'dossiers',
        code: 'ROW_DUPLICATE',
        column: null,
        value: 'A',
        count: 1,
        places: ['list, item 3'],
      },
    ]);
  });

  it('of a dossier in two files are those of its last change, whichever file is read last', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    const july = rows('07.xlsx', [dossier('A', { status: 'done', changed: 1719800000000 })]);
    const june = rows('06.xlsx', [dossier('A', { changed: 1719000000000 })]);
    await copied(copy, reader, [july, complete('07.xlsx', 'm'), june, complete('06.xlsx', 'm')]);
    expect(await codes(copy)).toEqual(['H23.X01 A 10']);
  });

  it('are removed when they are flagged as deleted', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    await copied(
      copy,
      reader,
      [rows('', [dossier('A'), dossier('B')]), complete('', 'm')],
      [rows('', [dossier('A', { removed: true })], 'n')],
    );
    expect(await codes(copy)).toEqual(['H23.X01 B 4']);
  });

  it('that are wrong are counted by what is wrong, until a full pass finds them right', async () => {
    const reader = new ScriptedReader();
    let now = Date.parse(NOW);
    await using copy = await open(reader, '', () => new Date(now));
    const wrong = Array.from({ length: 7 }, (_, i) => dossier(`A${i}`, { status: 'lost' }));
    const unreadable = { code: 'ROW_UNREADABLE', place: 'row 9', column: null, value: null } as const;
    await copied(copy, reader, [
      { ...rows('', [...wrong, dossier('B', { agency: 7 })]), problems: [unreadable] },
      complete('', 'm'),
    ]);
    expect(copy.store.problems()).toEqual([
      {
        collection: 'dossiers',
        code: 'ROW_UNKNOWN_STATUS',
        column: 'status',
        value: 'lost',
        count: 7,
        places: [1, 2, 3, 4, 5].map((i) => `list, item ${i}`),
      },
      {
        collection: 'dossiers',
        code: 'ROW_UNKNOWN_AGENCY',
        column: 'agency',
        value: '7',
        count: 1,
        places: ['list, item 8'],
      },
      {
        collection: 'dossiers',
        code: 'ROW_UNREADABLE',
        column: null,
        value: null,
        count: 1,
        places: ['row 9'],
      },
    ]);
    now += 86_400_000;
    await copied(copy, reader, [rows('', [dossier('A0')]), complete('', 'm')]);
    expect(copy.store.problems()).toEqual([]);
  });
});

describe('copying by itself', () => {
  it('passes at its times, after growing pauses when a source is away, and stops when it is told to', async () => {
    const reader = new ScriptedReader();
    const stop = new AbortController();
    const pauses: number[] = [];
    const sleep = async (ms: number) => {
      pauses.push(ms);
      if (pauses.length === 13) stop.abort();
    };
    const away = [new SourceProblem('SOURCE_UNREACHABLE', 'away', 'list')];
    const whole = [rows('', [dossier('A')]), complete('', 'm')];
    reader.willTell(...Array<readonly Step[]>(10).fill(away), whole, [], away);
    await using copy = await openTestCopy({ mapping: plainMapping(), reader, folder, sleep });
    await copy.copier.run(stop.signal);
    const growing = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1000);
    expect(pauses).toEqual([...growing, 300_000, 300_000, 1_000]);
  });

  it('stops at once, also when a source hangs', async () => {
    const reader = new ScriptedReader();
    const stop = new AbortController();
    const hang = () => new Promise<void>(() => stop.abort());
    reader.willTell([rows('', [dossier('A')], 'page 1'), hang]);
    await using copy = await open(reader);
    await copy.copier.run(stop.signal);
    expect(copy.health().problem).toBeNull();
    expect(copy.store.count('dossiers')).toBe(1);
  });
});

describe('a mapping that was changed', () => {
  it('has a new store, and the old one serves until that is whole', async () => {
    const reader = new ScriptedReader();
    {
      await using copy = await open(reader);
      await copied(copy, reader, [rows('', [dossier('A')]), complete('', 'm1')]);
    }
    const more = '  field: { column: field }';
    {
      await using copy = await open(reader, more);
      await copied(copy, reader, [
        rows('', [dossier('A', { field: 'x', status: 'done' })], 'page 1'),
        new Error('away'),
      ]);
      expect(await codes(copy)).toEqual(['H23.X01 A 4']);
      expect(copy.health()).toMatchObject({ asOf: NOW, problem: { code: 'SOURCE_BAD_ANSWER' } });
    }
    await using copy = await open(reader, more);
    expect(await codes(copy)).toEqual(['H23.X01 A 4']);
    await copied(copy, reader, [complete('', 'm2')]);
    expect(await codes(copy)).toEqual(['H23.X01 A 10']);
    expect(readdirSync(folder).filter((file) => file.endsWith('.sqlite'))).toHaveLength(1);
    expect(existsSync(copy.store.file)).toBe(true);
  });
});

describe('a store that a disk has spoilt', () => {
  it('is made anew', async () => {
    const reader = new ScriptedReader();
    let file = '';
    {
      await using copy = await open(reader);
      file = copy.store.file;
    }
    writeFileSync(file, 'x'.repeat(10_000));
    await using copy = await open(reader);
    await copied(copy, reader, [rows('', [dossier('A')]), complete('', 'm1')]);
    expect(await codes(copy)).toEqual(['H23.X01 A 4']);
  });
});
