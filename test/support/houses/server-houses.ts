import { insertRows, serverLayout, type ServerLayoutName } from '../server-layouts';
import { projectRoot } from '../../../schema/runtime/project-root';
import type { TestDatabase } from '../servers/test-databases';
import type { FlatCatalogue } from './flat-catalogue';
import type { House, HouseRows } from './house';
import { houseMapping, mappingFile } from './house-mapping';
import { openHouse } from './open-house';
import { AGENCY_TEXTS, flatCatalogueOf } from './sqlite-houses';

const FILES = { 'A on PostgreSQL': 'layout-a-postgres', 'B on MariaDB': 'layout-b-mariadb' } as const;

/** A database on a real server, its dossiers asked live or copied. */
export function serverHouse(name: ServerLayoutName, mode: 'live' | 'copy') {
  return async (rows: HouseRows): Promise<House> => {
    const layout = name === 'A on PostgreSQL' ? 'A' : 'B';
    await using stack = new AsyncDisposableStack();
    const catalogue = flatCatalogueOf(layout, rows);
    const file = mappingFile(FILES[name]);
    const mapping = houseMapping(
      { ...file, mode, procedures: catalogue.procedures },
      rows.agencies,
      AGENCY_TEXTS[layout],
    );
    if (mapping.kind !== 'sql' || mapping.dossiers === undefined) throw new TypeError('A mapping of SQL');
    const server = stack.use(await serverLayout(name, rows.dossiers, mapping.dossiers));
    await writeFlat(server.database, catalogue);
    const { connection } = server.system;
    return openHouse(rows, {
      mapping: { ...mapping, connection },
      env: server.env,
      baseFolder: projectRoot(),
      system: stack.move(),
    });
  };
}

async function writeFlat(database: TestDatabase, { table, rows }: FlatCatalogue): Promise<void> {
  const isPostgres = database.dialect === 'postgres';
  const quote = (name: string) => (isPostgres ? `"${name}"` : `\`${name}\``);
  const isNumber = (name: string) => rows.some((row) => typeof row[name] === 'number');
  const columns = Object.keys(rows[0] ?? {}).map(
    (name) => `${quote(name)} ${isNumber(name) ? 'double precision' : 'text'}`,
  );
  await database.sql(
    `CREATE TABLE ${table} (${columns.join(', ')})${isPostgres ? '' : ' DEFAULT CHARSET = utf8mb4'}`,
  );
  await insertRows(
    database,
    rows.map((row) => ({ table, row })),
  );
}
