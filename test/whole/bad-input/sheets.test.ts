import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleDossier } from '../../support/dossier-layouts';
import { writeLayoutFFolder } from '../../support/layout-f-folder';
import { isWhole, type OnboardedSystem, startOnboardedSystem } from '../../support/onboarded-system';

const COUNT = 120;
const BOOK = 'hoso-2024.xlsx';
const whole = { total: COUNT, missing: [], stale: [] };

let system: OnboardedSystem;
beforeEach(async () => {
  const dossiers = Array.from({ length: COUNT }, (_, i) =>
    sampleDossier({ code: `H23.X01-240603-${String(i).padStart(4, '0')}` }),
  );
  system = await startOnboardedSystem({
    fixture: 'layout-f-dossiers',
    connection: {},
    changes: { copy: { every: '1s', fullEvery: '1s' } },
    prepare: (folder) => writeLayoutFFolder(folder, { dossiers }),
  });
  await system.see((seen) => isWhole(seen) && seen.total !== null);
});
afterEach(() => system[Symbol.asyncDispose]());

it('a workbook that is cut short: its rows are served as they were, it is named, and read when it is whole again', async () => {
  const book = join(system.folder, BOOK);
  const good = readFileSync(book);
  truncateSync(book, good.length / 2);

  const seen = await system.see(({ stale }) => stale.includes('SOURCE_BAD_FILE'));
  const { exitCode, report } = await system.check();
  writeFileSync(book, good);

  expect(seen).toMatchObject({ total: COUNT, missing: [] });
  const finding = report.findings.find(({ code }) => code === 'SOURCE_BAD_FILE');
  expect(`${finding?.place} ${finding?.message.en}`).toContain(BOOK);
  expect(exitCode).toBeGreaterThan(0);
  expect(await system.see(isWhole)).toMatchObject(whole);
});

it('a share whose files are gone: their rows are served, and doubted aloud, until the files are back', async () => {
  const away = join(system.folder, 'away');
  renameSync(join(system.folder, BOOK), away);

  const seen = await system.see(({ stale }) => stale.includes('SOURCE_BAD_ANSWER'));
  renameSync(away, join(system.folder, BOOK));

  expect(seen).toMatchObject({ total: COUNT, missing: [] });
  expect(await system.see(isWhole)).toMatchObject(whole);
  rmSync(join(system.folder, BOOK));
  expect(readdirSync(system.folder)).not.toContain(BOOK);
  expect(await system.see(({ total }) => total === 0)).toMatchObject({ missing: [] });
});
