import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenCopy } from '../../../subgraphs/sources/copy/open-copy';
import type { RawRecord, ReaderEvent } from '../../../subgraphs/sources/copy/record-reader';
import { openTestCopy, plainMapping } from '../../support/copied-system';
import { complete, rows, ScriptedReader } from '../../support/scripted-reader';

const START = Date.parse('2024-06-28T03:00:00.000Z');
const { signal } = new AbortController();
/** `copy.every` of the mapping, unless it says otherwise. */
const EVERY_MS = 5 * 60_000;

let folder = '';
let now = START;
let reader: ScriptedReader;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loss-'));
  now = START;
  reader = new ScriptedReader();
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (): Promise<OpenCopy> =>
  openTestCopy({ mapping: plainMapping(), reader, folder, clock: () => new Date(now) });

function dossiers(count: number, prefix = ''): readonly RawRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    code: `${prefix}${i}`,
    agency: 1,
    status: 'open',
    received: '2024-06-01 08:00:00',
  }));
}

/** A pass over everything `afterMs` after the last one; gives how many dossiers are served then, and the code of the problem. */
async function told(copy: OpenCopy, afterMs: number, ...events: readonly ReaderEvent[]) {
  now += afterMs;
  reader.willTell(events);
  await copy.copier.copyOnce({ signal, pass: 'full' });
  const count = await copy.dossiers?.count({ criteria: {}, now: new Date(now).toISOString() });
  const { problem } = copy.health();
  return [count, problem?.code ?? null];
}

/** With a mark in the middle: a pass that is not believed is not taken up there. */
const list = (count: number): readonly ReaderEvent[] => [
  rows('', dossiers(count), 'middle'),
  complete('', 'end'),
];

describe('a list that suddenly has fewer than half of its rows', () => {
  it.each([0, 1, 59])('is not believed at once: %i of 120', async (left) => {
    await using copy = await open();
    await told(copy, 0, ...list(120));

    expect(await told(copy, EVERY_MS, ...list(left))).toEqual([120, 'SOURCE_BAD_ANSWER']);
    expect(copy.health().problem?.message).toContain(`tells ${left} of the 120 dossiers`);
    expect(copy.health().asOf).toBe(new Date(START).toISOString());
  });

  it('is believed when a pass that begins copy.every later tells the same, and not before', async () => {
    await using copy = await open();
    await told(copy, 0, ...list(120));

    expect(await told(copy, 1, ...list(10))).toEqual([120, 'SOURCE_BAD_ANSWER']);
    expect(await told(copy, EVERY_MS - 1, ...list(10))).toEqual([120, 'SOURCE_BAD_ANSWER']);
    expect(await told(copy, 1, ...list(11))).toEqual([11, null]);
    expect(reader.requests.map(({ marks }) => marks.size)).toEqual([0, 0, 0, 0]);
  });

  it('is whole again when its rows come back, and doubted anew when they go again', async () => {
    await using copy = await open();
    await told(copy, 0, ...list(120));

    expect(await told(copy, 1, ...list(0))).toEqual([120, 'SOURCE_BAD_ANSWER']);
    expect(await told(copy, EVERY_MS, ...list(119))).toEqual([119, null]);
    expect(await told(copy, 1, ...list(0))).toEqual([119, 'SOURCE_BAD_ANSWER']);
  });

  it('is doubted from the first pass that told it, also over a restart', async () => {
    {
      await using copy = await open();
      await told(copy, 0, ...list(120));
      await told(copy, 1, ...list(0));
    }
    await using copy = await open();

    expect(await told(copy, EVERY_MS - 1, ...list(0))).toEqual([120, 'SOURCE_BAD_ANSWER']);
    expect(await told(copy, 1, ...list(0))).toEqual([0, null]);
  });

  it.each([
    [120, 60],
    [100, 0],
  ])('is believed where it has half of them, or had few: %i, then %i', async (before, after) => {
    await using copy = await open();
    await told(copy, 0, ...list(before));

    expect(await told(copy, 1, ...list(after))).toEqual([after, null]);
  });
});

describe('a folder', () => {
  const file = (name: string, count: number): readonly ReaderEvent[] => [
    rows(name, dossiers(count, name)),
    complete(name, 'm'),
  ];
  const gone = (...scopes: readonly string[]): readonly ReaderEvent[] =>
    scopes.map((scope) => ({ kind: 'gone', scope }));

  it('whose files are all gone keeps their rows until that is told again', async () => {
    await using copy = await open();
    await told(copy, 0, ...file('a', 80), ...file('b', 80));

    expect(await told(copy, 1, ...gone('a', 'b'))).toEqual([160, 'SOURCE_BAD_ANSWER']);
    expect(copy.health().problem?.message).toContain('there are 0 of the 160 dossiers');
    expect(await told(copy, EVERY_MS, ...gone('a', 'b'))).toEqual([0, null]);
  });

  it('may lose one file of several, and a file most of its rows', async () => {
    await using copy = await open();
    await told(copy, 0, ...file('a', 80), ...file('b', 80), ...file('c', 150));

    expect(await told(copy, 1, ...gone('a'))).toEqual([230, null]);
    expect(await told(copy, 1, ...file('c', 1))).toEqual([81, null]);
  });

  it('may have all of its files renamed', async () => {
    await using copy = await open();
    await told(copy, 0, ...file('a', 120));

    const renamed = [rows('b', dossiers(120, 'a')), complete('b', 'm')];
    expect(await told(copy, 1, ...renamed, ...gone('a'))).toEqual([120, null]);
  });
});
