import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { explainQuery } from '../../subgraphs/sources/sql/explain-query';
import { missingIndexes } from '../../subgraphs/sources/sql/missing-indexes';
import { type OpenSqlDatabase, openSqlDatabase } from '../../subgraphs/sources/sql/open-sql-database';
import { readIndexes } from '../../subgraphs/sources/sql/table-indexes';
import { mappingTables } from '../../subgraphs/sources/sql/live/mapping-tables';
import { type TypicalQuery, typicalQueries } from '../../subgraphs/sources/sql/typical-queries';
import { fillLayoutA, fillLayoutB } from '../support/big-layouts';
import { mappedTo, type ServerLayout } from '../support/server-layouts';
import { SERVER_START_MS } from '../support/servers/shared-server';
import { mariadbDatabase, postgresDatabase, type TestDatabase } from '../support/servers/test-databases';

const ROWS = 1_000_000;
const NOW = '2024-06-28T03:00:00Z';

const SERVERS = [
  {
    name: 'PostgreSQL',
    file: 'layout-a-postgres',
    open: postgresDatabase,
    fill: fillLayoutA,
    analyze: 'ANALYZE',
  },
  {
    name: 'MariaDB',
    file: 'layout-b-mariadb',
    open: mariadbDatabase,
    fill: fillLayoutB,
    analyze: 'ANALYZE TABLE cmon_hosotthccong, cmon_thutuchanhchinh',
  },
] as const;

describe.each(SERVERS)('a million dossiers in $name', ({ file, open, fill, analyze }) => {
  let server: TestDatabase;
  let layout: Pick<ServerLayout, 'mapping' | 'system' | 'env'>;
  let database: OpenSqlDatabase;
  let queries: readonly TypicalQuery[];

  const script = (name: string) =>
    readFileSync(join(projectRoot(), 'test/fixtures/layouts', `${name}.sql`), 'utf8');

  beforeAll(async () => {
    server = await open();
    layout = mappedTo(server, file);
    await server.sql(script(file));
    await fill(server, ROWS);
    await server.sql(script(`${file}-indexes`));
    await server.sql(analyze);
    const { env, mapping } = layout;
    database = await openSqlDatabase(layout.system.connection, { env, baseFolder: projectRoot() });
    queries = typicalQueries({ database, mapping, holidays: [], now: NOW });
  }, SERVER_START_MS);
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it.each([
    ['a dossier by its code', 1],
    ['a batch of 200 codes', 200],
    ['a code that is not there', 0],
    ['the newest 20 dossiers of all agencies', 20],
    ['the newest 20 dossiers of one agency', 20],
    ['the next 20 due of one agency', 20],
    ['a page of 20 overdue dossiers of one agency', 20],
    ['a page of 20 overdue dossiers of all agencies', 20],
  ])('are not read from end to end for %s', async (name, rows) => {
    const query = queries.find((one) => one.name === name);
    const ran = await query?.run();
    expect(ran?.rows).toBe(rows);
    for (const statement of ran?.statements ?? []) {
      const { text, scans } = await explainQuery(database, statement);
      const big = scans.filter((scan) => scan.rows === null || scan.rows > 10_000);
      expect({ big, text: big.length > 0 ? `${statement.sql}\n${text}` : '' }).toEqual({ big: [], text: '' });
    }
  });

  it('lack no index with those that such a system has', async () => {
    const existing = await readIndexes(database, mappingTables(layout.mapping));
    expect(missingIndexes(layout.mapping, database.dialect.name, existing)).toEqual([]);
  });
});
