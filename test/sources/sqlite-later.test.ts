import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import type { SqlSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { openLiveDossiers } from '../../subgraphs/sources/sql/live/open-live-dossiers';
import { temporaryFolder } from '../support/sheet-folder';

const MAPPING = `
version: 1
system: so-thu
name: Sở thử
kind: sql
agencies: [H23.X01]
connection: { dialect: sqlite, file: hoso.sqlite }
dossiers:
  table: hoso
  code: ma
  receivingAgency: { constant: H23.X01 }
  status: { columns: [tt], values: [{ when: [xong], status: 9 }] }
  dates: { received: { column: nhan, format: local-text } }
`;

it('a SQLite file that is not there yet is told by its name, and read as soon as it is', async () => {
  using folder = temporaryFolder();
  const mapping = parseSystemMapping('so-thu.yaml', MAPPING) as SqlSystem; // Its kind is sql.
  await using live = await openLiveDossiers(mapping, { env: {}, baseFolder: folder.path, holidays: [] });

  await expect(live.findByCodes(['A'])).rejects.toMatchObject({
    code: 'SOURCE_BAD_FILE',
    message: expect.stringContaining('hoso.sqlite') as string,
  });
  expect(live.problems()).toHaveLength(1);

  const file = new DatabaseSync(join(folder.path, 'hoso.sqlite'));
  file.exec(
    "CREATE TABLE hoso (ma TEXT, tt TEXT, nhan TEXT); INSERT INTO hoso VALUES ('A', 'xong', '2024-06-03 08:00:00')",
  );
  file.close();

  expect(await live.findByCodes(['A'])).toMatchObject([{ code: 'A', status: 9 }]);
  expect(live.problems()).toEqual([]);
});
