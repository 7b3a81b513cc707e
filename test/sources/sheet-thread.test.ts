import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbook } from '../../subgraphs/sources/sheet/open-workbook';
import { readWorkbook } from '../../subgraphs/sources/sheet/read-workbook';
import { sampleDossier } from '../support/dossier-layouts';
import { writeLayoutFFolder } from '../support/layout-f-folder';

const folder = mkdtempSync(join(tmpdir(), 'lienthong-thread-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** No workbook is so small that it is read here. */
const ALWAYS_IN_A_THREAD = 0;

describe('a large workbook, read in a thread of its own', () => {
  let bytes: Buffer;
  beforeAll(async () => {
    const dossiers = Array.from({ length: 20 }, (_, i) =>
      sampleDossier({ code: `H23.X01-240603-${1000 + i}` }),
    );
    await writeLayoutFFolder(folder, { dossiers });
    bytes = readFileSync(join(folder, 'hoso-2024.xlsx'));
  });

  it('has the rows, merged cells and numbers that it has when it is read here', async () => {
    const tables = await openWorkbook('hoso-2024.xlsx', bytes, {}, ALWAYS_IN_A_THREAD);

    expect(tables).toEqual(readWorkbook('hoso-2024.xlsx', bytes, {}));
    expect(tables[0]?.rows.length).toBeGreaterThanOrEqual(20);
  });

  it('says of a bad one what is said here, with its code and place', async () => {
    const cut = bytes.subarray(0, bytes.length / 2);

    const said = {
      code: 'SOURCE_BAD_FILE',
      place: 'cut.xlsx',
      message: expect.stringContaining('is cut short') as string,
    };
    await expect(openWorkbook('cut.xlsx', cut, {}, ALWAYS_IN_A_THREAD)).rejects.toMatchObject(said);
    await expect(openWorkbook('cut.xlsx', cut, {})).rejects.toMatchObject(said);
  });
});
