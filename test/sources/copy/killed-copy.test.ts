import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { LocalStore } from '../../../subgraphs/sources/copy/local-store';
import { storeShapeOf } from '../../../subgraphs/sources/copy/store-schema';
import { ChangingTable, changingTableMapping, storedDossiers } from '../../support/changing-table';
import { randomNumbers } from '../../support/random-dossiers';

const isLong = process.env['LONG'] === '1';
const KILLS = isLong ? 100 : 10;
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));
const CHILD = join(__dirname, '../../support/copying-child.ts');

interface Run {
  /** One file of JavaScript, so that a child is there at once. */
  readonly child: string;
  readonly source: string;
  readonly folder: string;
  readonly now: string;
  readonly pass: 'full' | 'changes';
  /** Killed at that event; never, when the child ends before. */
  readonly killAt: number;
}

/** Gives the last line of a child that came to its end, null for one that was killed. */
async function copy({ child: file, source, folder, now, pass, killAt }: Run): Promise<string | null> {
  const child = spawn(process.execPath, [file, source, folder, now, pass], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let events = 0;
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    if (line === 'event' && ++events === killAt) child.kill('SIGKILL');
  }
  return last === 'event' ? null : last;
}

describe('a copy that is killed again and again', () => {
  it(
    `has every row once in the end (seed ${SEED}, ${KILLS} kills)`,
    async () => {
      const next = randomNumbers(SEED);
      const folder = mkdtempSync(join(tmpdir(), 'killed-'));
      const child = join(folder, 'child.cjs');
      buildSync({ entryPoints: [CHILD], outfile: child, bundle: true, platform: 'node', logLevel: 'error' });
      const source = join(folder, 'source.sqlite');
      const stores = join(folder, 'stores');
      using table = new ChangingTable(source, SEED, 7_000);
      let minutes = 0;
      const instant = () => new Date(Date.parse('2024-06-28T00:00:00Z') + minutes * 60_000).toISOString();
      const localText = () =>
        new Date(Date.parse(instant()) + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
      let kills = 0;
      while (kills < KILLS) {
        const pass = next() < 0.5 ? 'full' : 'changes';
        const killAt = 1 + Math.floor(next() * 9);
        if ((await copy({ child, source, folder: stores, now: instant(), pass, killAt })) === null) kills++;
        minutes += 5;
        table.change(localText());
        minutes += 5;
      }
      // A full pass that was killed is finished first, with what was changed behind its back; the next one sees all.
      while (
        (await copy({ child, source, folder: stores, now: instant(), pass: 'full', killAt: 0 })) !== 'done'
      )
        minutes++;
      await copy({ child, source, folder: stores, now: instant(), pass: 'full', killAt: 4 });
      expect(await copy({ child, source, folder: stores, now: instant(), pass: 'full', killAt: 0 })).toBe(
        'done',
      );

      const [file = ''] = readdirSync(stores).filter((name) => name.endsWith('.sqlite'));
      expect(storedDossiers(join(stores, file))).toEqual(table.expected());
      using store = new LocalStore({ file: join(stores, file), shape: storeShapeOf(changingTableMapping()) });
      expect(JSON.parse(store.marks('dossiers').get('') ?? '')).toMatchObject({
        kind: 'changes',
        high: table.lastChange(),
      });
      expect(store.count('supplements')).toBe(
        table.expected().reduce((sum, row) => sum + Number(row.split(' ')[3]), 0),
      );
      rmSync(folder, { recursive: true });
    },
    isLong ? 600_000 : 120_000,
  );
});
