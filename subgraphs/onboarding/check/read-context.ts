import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { parseAgencyDirectory } from '../../../schema/agency-directory';
import { createWorkingCalendar, type Holiday } from '../../../schema/calendar';
import { ConfigError } from '../../../schema/runtime/config-error';
import type { Environment } from '../../../schema/runtime/environment';
import { projectRoot } from '../../../schema/runtime/project-root';
import { foldForSearch } from '../../../schema/vietnamese-text';
import { toAgencyDirectoryRecords } from '../../agencies/agency-directory-records';
import { readAgencyData } from '../../agencies/read-agency-data';
import { DIRECTORY_FILE } from '../../province/data-folder';
import { provinceSource, readProvinceData } from '../../province/province-data';
import { readHolidays } from '../../system/read-holidays';
import type { NamedProcedure } from '../../sources/values/procedure-matcher';
import type { CheckContext } from './check-context';

/** What the command line says of it; a path, `none`, or nothing. */
export interface ContextSources {
  readonly directory: string | undefined;
  readonly catalogue: string | undefined;
  readonly holidays: string | undefined;
  /** ISO with a zone. */
  readonly now: string | undefined;
}

export interface ReadContextOptions {
  readonly sources: ContextSources;
  readonly env: Environment;
  readonly cwd: string;
  readonly clock: () => number;
}

export interface ReadContext extends CheckContext {
  readonly holidays: readonly Holiday[];
}

const NONE = 'none';

/** @throws ConfigError for a file that cannot be read, or an instant that is none. */
export function readContext({ sources, env, cwd, clock }: ReadContextOptions): ReadContext {
  const { dataFolder } = provinceSource(projectRoot());
  const holidays = readHolidays(
    sources.holidays === undefined ? join(dataFolder, 'holidays.csv') : resolve(cwd, sources.holidays),
  );
  return {
    directory: readDirectory(sources.directory, { env, cwd, dataFolder }),
    catalogue: readCatalogue(sources.catalogue, { cwd, dataFolder }),
    holidays,
    calendar: createWorkingCalendar(holidays),
    calendarYears: new Set(holidays.map(({ date }) => date.slice(0, 4))),
    nowMs: readNow(sources.now ?? env['LIENTHONG_NOW'], clock),
  };
}

interface Places {
  readonly env: Environment;
  readonly cwd: string;
  readonly dataFolder: string;
}

/** What was asked for; else that of the data folder, which the gateway uses too; else that of the embedded province. */
function readDirectory(
  source: string | undefined,
  { env, cwd, dataFolder }: Places,
): CheckContext['directory'] {
  if (source === NONE) return null;
  const given = source === undefined ? null : resolve(cwd, source);
  const usual = join(resolve(env['LIENTHONG_DATA'] ?? join(projectRoot(), '.lienthong')), DIRECTORY_FILE);
  const file = given ?? (existsSync(usual) ? usual : null);
  if (file === null)
    return { records: toAgencyDirectoryRecords(readAgencyData(dataFolder)), source: 'embedded province' };
  const content = readJson(file);
  try {
    return { records: parseAgencyDirectory(content), source: file };
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(file, error.mistakes) : error;
  }
}

const codeOrRecord = z.union([
  z.string().min(1),
  z.looseObject({ code: z.string().min(1), name: z.string().optional() }),
]);
const codeList = z.array(codeOrRecord).min(1, 'must have at least one code');

/** Headers of the columns of codes and names, folded: ours, those of the national export, those of the usual systems. */
const CODE_HEADERS = ['code', 'ma', 'ma tthc', 'ma thu tuc', 'matthc', 'servicecode'];
const NAME_HEADERS = ['name', 'name vi', 'ten', 'ten tthc', 'ten thu tuc', 'tentthc', 'servicename'];

/** That of the embedded province has numbers of its own for what the nation has not numbered, as its systems do. */
function readCatalogue(
  source: string | undefined,
  { cwd, dataFolder }: Pick<Places, 'cwd' | 'dataFolder'>,
): CheckContext['catalogue'] {
  if (source === NONE) return null;
  if (source === undefined)
    return { procedures: readProvinceData(dataFolder).procedures, source: 'embedded province' };
  const file = resolve(cwd, source);
  const procedures = file.toLowerCase().endsWith('.json') ? jsonProcedures(file) : csvProcedures(file);
  return { procedures, source: file };
}

function jsonProcedures(file: string): readonly NamedProcedure[] {
  const list = codeList.safeParse(readJson(file));
  if (!list.success)
    throw new ConfigError(file, ['must be a JSON list of codes, or of objects with a "code"']);
  return list.data.map((entry) =>
    typeof entry === 'string' ? { code: entry, name: '' } : { code: entry.code, name: entry.name ?? '' },
  );
}

function csvProcedures(file: string): readonly NamedProcedure[] {
  const [header = [], ...lines] = readCsv(file);
  const columnOf = (names: readonly string[]) =>
    header.findIndex((name) => names.includes(foldForSearch(name)));
  const codeAt = columnOf(CODE_HEADERS);
  const nameAt = columnOf(NAME_HEADERS);
  if (codeAt < 0)
    throw new ConfigError(file, [`needs a column named "code" or "Mã TTHC"; it has ${header.join(', ')}`]);
  return lines.flatMap((line) => {
    const code = line[codeAt]?.trim() ?? '';
    return code === '' ? [] : [{ code, name: line[nameAt] ?? '' }];
  });
}

function readCsv(file: string): string[][] {
  const text = readText(file);
  try {
    return parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (cause) {
    throw new ConfigError(file, [`is no CSV: ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
}

function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(file, [`is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(file, [
      `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  }
}

function readNow(text: string | undefined, clock: () => number): number {
  if (text === undefined || text === '') return clock();
  const nowMs = Date.parse(text);
  if (Number.isNaN(nowMs))
    throw new ConfigError("The province's clock", [
      `must be an instant such as 2024-06-28T10:00:00+07:00, got "${text}"`,
    ]);
  return nowMs;
}
