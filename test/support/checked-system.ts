import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { stringify } from 'yaml';
import { command } from '../../subgraphs/onboarding/check/check-command';
import { type CheckReport, checkReportSchema } from '../../subgraphs/onboarding/check/check-report';
import type { DossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import { recordedIo } from './command-io';

/** A system in a folder of its own, with its mapping beside it. */
export interface WrittenSystem extends Disposable {
  readonly folder: string;
  readonly mappingFile: string;
}

export interface SystemParts {
  readonly database: DatabaseSync;
  readonly mapping: DossierMapping;
  /** Of the whole YAML file: `procedures`, another `agencies`, a wrong connection. */
  readonly changes?: Readonly<Record<string, unknown>>;
}

const AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'];

export function writeSqliteSystem({ database, mapping, changes = {} }: SystemParts): WrittenSystem {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-check-'));
  database.prepare('VACUUM INTO ?').run(join(folder, 'system.sqlite'));
  database.close();
  const mappingFile = join(folder, 'system.yaml');
  const content = {
    version: 1,
    system: 'he-thong-mau',
    name: 'Hệ thống mẫu',
    kind: 'sql',
    agencies: AGENCIES,
    connection: { dialect: 'sqlite', file: 'system.sqlite' },
    dossiers: mapping,
    ...changes,
  };
  writeFileSync(mappingFile, stringify(content, { aliasDuplicateObjects: false }));
  return {
    folder,
    mappingFile,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the samples are held against: their agencies and procedures, and a clock. */
const DIRECTORY = AGENCIES.map((code) => ({ code }));
const CATALOGUE = ['1.000001', '1.000002', '2.000815', '3.000003'];
export const CHECK_NOW = '2024-06-28T10:00:00+07:00';

export interface CheckRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** `lienthong onboard check` on the mapping, in this process. */
export async function runCheck(system: WrittenSystem, args: readonly string[] = []): Promise<CheckRun> {
  const { folder, mappingFile } = system;
  writeFileSync(join(folder, 'directory.json'), JSON.stringify(DIRECTORY));
  writeFileSync(join(folder, 'catalogue.json'), JSON.stringify(CATALOGUE));
  const io = recordedIo({ cwd: folder });
  const exitCode = await command.run(
    [
      mappingFile,
      ...['--directory', 'directory.json', '--catalogue', 'catalogue.json', '--now', CHECK_NOW],
      ...args,
    ],
    io,
  );
  return { exitCode, out: io.out(), err: io.err() };
}

/** The report as JSON, held against its schema, and the exit code. */
export async function checkReportOf(
  system: WrittenSystem,
  args: readonly string[] = [],
): Promise<{ readonly report: CheckReport; readonly exitCode: number }> {
  const { out, exitCode } = await runCheck(system, ['--json', ...args]);
  return { report: checkReportSchema.parse(JSON.parse(out)), exitCode };
}

export function readPage({ folder }: WrittenSystem, page: string): string {
  return readFileSync(join(folder, page), 'utf8');
}
