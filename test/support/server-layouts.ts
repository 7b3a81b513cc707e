import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Holiday } from '../../schema/calendar';
import { projectRoot } from '../../schema/runtime/project-root';
import type { DossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import { readSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import type { SqlSystem } from '../../subgraphs/sources/mapping/system-mapping';
import type { LiveDossiers } from '../../subgraphs/sources/sql/live/live-dossiers';
import {
  type LiveDossiersOptions,
  openLiveDossiers,
} from '../../subgraphs/sources/sql/live/open-live-dossiers';
import { type LayoutName, layoutRows, type SampleDossier, type TableRow } from './dossier-layouts';
import { mariadbDatabase, postgresDatabase, type TestDatabase } from './servers/test-databases';

/** A layout as it stands on a real server: its DDL, and the mapping that a province would write. */
const SERVER_LAYOUTS = {
  'A on PostgreSQL': { layout: 'A', file: 'layout-a-postgres', open: postgresDatabase },
  'B on MariaDB': { layout: 'B', file: 'layout-b-mariadb', open: mariadbDatabase },
} as const satisfies Record<string, { layout: LayoutName; file: string; open: () => Promise<TestDatabase> }>;

export type ServerLayoutName = keyof typeof SERVER_LAYOUTS;
export const SERVER_LAYOUT_NAMES = Object.keys(SERVER_LAYOUTS) as readonly ServerLayoutName[];

export interface ServerLayout extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly system: SqlSystem;
  readonly env: Readonly<Record<string, string>>;
  /** The mapping's dossiers. */
  readonly mapping: DossierMapping;
}

/** The tables, the rows and then the indexes, on a fresh database of a real server; `written` says how other agencies are written. */
export async function serverLayout(
  name: ServerLayoutName,
  dossiers: readonly SampleDossier[],
  written?: DossierMapping,
): Promise<ServerLayout> {
  const { layout, file, open } = SERVER_LAYOUTS[name];
  const database = await open();
  const { system, env, mapping } = mappedTo(database, file);
  await database.sql(fixture(`layouts/${file}.sql`));
  await insertRows(database, layoutRows(layout, written ?? mapping, dossiers));
  await database.sql(fixture(`layouts/${file}-indexes.sql`));
  return { database, system, env, mapping, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

/** The fixture's mapping, told where the test's database is. */
export function mappedTo(
  database: TestDatabase,
  file: string,
): Omit<ServerLayout, 'database' | keyof AsyncDisposable> {
  const system = readSystemMapping(join(projectRoot(), 'test/fixtures/mappings', `${file}.yaml`));
  if (system.kind !== 'sql' || system.connection.dialect === 'sqlite' || system.dossiers === undefined) {
    throw new Error(`${file} is no mapping of dossiers on a server`);
  }
  const { host, port, user, password } = database;
  const connection = {
    ...system.connection,
    host,
    port,
    user,
    database: database.database,
    password: { env: 'TEST_PASSWORD' },
  };
  return { system: { ...system, connection }, env: { TEST_PASSWORD: password }, mapping: system.dossiers };
}

/** The layout's dossiers, served live. */
export async function openServerLayout(
  { system, env }: Pick<ServerLayout, 'system' | 'env'>,
  holidays: readonly Holiday[] = [],
  options: Partial<LiveDossiersOptions> = {},
): Promise<LiveDossiers> {
  return openLiveDossiers(system, { env, baseFolder: projectRoot(), holidays, ...options });
}

function fixture(path: string): string {
  return readFileSync(join(projectRoot(), 'test/fixtures', path), 'utf8');
}

/** Rows with the same columns travel together. */
export async function insertRows(database: TestDatabase, rows: readonly TableRow[]): Promise<void> {
  const shapes = Map.groupBy(rows, ({ table, row }) => `${table} ${Object.keys(row).join()}`);
  for (const [first, ...others] of shapes.values()) {
    if (first === undefined) continue;
    const all = [first, ...others];
    for (let i = 0; i < all.length; i += 500) await insertSome(database, all.slice(i, i + 500));
  }
}

async function insertSome(database: TestDatabase, rows: readonly TableRow[]): Promise<void> {
  const { table, row } = rows[0] ?? { table: '', row: {} };
  const columns = Object.keys(row);
  const isPostgres = database.dialect === 'postgres';
  const quote = (name: string) => (isPostgres ? `"${name}"` : `\`${name}\``);
  let place = 0;
  const mark = () => (isPostgres ? `$${(place += 1)}` : '?');
  const values = rows.map(() => `(${columns.map(mark).join(', ')})`).join(', ');
  await database.sql(
    `INSERT INTO ${table.split('.').map(quote).join('.')} (${columns.map(quote).join(', ')}) VALUES ${values}`,
    rows.flatMap((one) => columns.map((column) => one.row[column])),
  );
}
