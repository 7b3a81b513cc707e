import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { projectRoot } from '../../../schema/runtime/project-root';
import type { DossierMapping } from '../../../subgraphs/sources/dossiers/dossier-mapping';
import { readSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { SqlSystem } from '../../../subgraphs/sources/mapping/system-mapping';
import { fillLayoutA } from '../../support/big-layouts';
import { startPostgresServer } from '../../support/servers/postgres-server';
import { endServer, type ServerAddress } from '../../support/servers/start-kept-server';
import type { TestDatabase } from '../../support/servers/test-databases';

export interface BigSystem extends AsyncDisposable {
  readonly system: SqlSystem;
  readonly mapping: DossierMapping;
  readonly env: Readonly<Record<string, string>>;
  readonly address: ServerAddress;
  readonly database: string;
}

const DATABASE = 'lon';

/** Layout A's twin with so many dossiers of forty agencies in a PostgreSQL of its own; kept for the next run when asked to. */
export async function startBigSystem(rows: number, keepsFolder: boolean): Promise<BigSystem> {
  const folder = join(tmpdir(), `lienthong-bench-sources-${rows}`);
  const address = await startPostgresServer(folder, process.pid, { keepsFolder });
  const ready = join(folder, 'ready');
  if (!existsSync(ready)) {
    await fill(address, rows);
    writeFileSync(ready, '');
  }
  const { system, mapping } = mapped(address);
  return {
    system,
    mapping,
    env: { BENCH_PASSWORD: address.password },
    address,
    database: DATABASE,
    async [Symbol.asyncDispose]() {
      endServer(address);
    },
  };
}

/** What `onboard check` proposes for figures: with it they need no look into the table. */
const COVERING_INDEX = `CREATE INDEX IF NOT EXISTS "HoSos_ky" ON business."HoSos" ("DonViId", "NgayTiepNhan")
  INCLUDE ("NgayHenTra", "NgayKetThucXuLy", "NgayTra", "NgayTuChoi", "TrangThaiHoSoId", "KenhThucHien", "IsDeleted")`;

async function fill(address: ServerAddress, rows: number): Promise<void> {
  const admin = new Client({ ...address, database: 'postgres' });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${DATABASE}`);
  await admin.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0`);
  await admin.end();
  const client = new Client({ ...address, database: DATABASE });
  await client.connect();
  const script = (name: string) =>
    readFileSync(join(projectRoot(), 'test/fixtures/layouts', `${name}.sql`), 'utf8');
  const sql = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows;
  await sql(`SET maintenance_work_mem = '1GB'`);
  await sql(script('layout-a-postgres'));
  await fillLayoutA({ sql } as unknown as TestDatabase, rows); // It only asks SQL of it.
  await sql(script('layout-a-postgres-indexes'));
  await sql(COVERING_INDEX);
  await sql('VACUUM ANALYZE');
  await client.end();
}

function mapped({ host, port, user }: ServerAddress): Pick<BigSystem, 'system' | 'mapping'> {
  const read = readSystemMapping(join(projectRoot(), 'test/fixtures/mappings/layout-a-postgres.yaml'));
  if (read.kind !== 'sql' || read.dossiers === undefined || read.connection.dialect === 'sqlite') {
    throw new Error('The fixture is a mapping of dossiers in PostgreSQL');
  }
  const agencies = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [String(10 + i), agencyCode(i)]));
  const agency = { column: 'DonViId', type: 'number', match: 'exact', values: agencies } as const;
  const mapping: DossierMapping = { ...read.dossiers, receivingAgency: agency };
  const connection = {
    ...read.connection,
    ...{
      host,
      port,
      user,
      database: DATABASE,
      password: { env: 'BENCH_PASSWORD' },
      statementTimeoutMs: 120_000,
    },
  };
  return { mapping, system: { ...read, agencies: Object.values(agencies), connection, dossiers: mapping } };
}

export function agencyCode(i: number): string {
  return `H23.X${String(i + 1).padStart(2, '0')}`;
}
