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
import { provinceSource } from '../../province/province-data';
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
  const holidays = readHolidayFile(
    sources.holidays === undefined ? join(dataFolder, 'holidays.csv') : resolve(cwd, sources.holidays),
  );
  return {
    directory: readDirectory(sources.directory, { env, cwd, dataFolder }),
    catalogue:
      sources.catalogue === NONE
        ? null
        : readCatalogueCodes(
            sources.catalogue === undefined
              ? join(dataFolder, 'procedures.csv')
              : resolve(cwd, sources.catalogue),
          ),
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

const codeOrRecord = z.union([z.string().min(1), z.looseObject({ code: z.string().min(1) })]);
const codeList = z.array(codeOrRecord).min(1, 'must have at least one code');

/** Headers of a column of codes, folded: ours, those of the national export, those of the usual systems. */
const CODE_HEADERS = ['code', 'ma', 'ma tthc', 'ma thu tuc', 'matthc', 'servicecode'];

function readCatalogueCodes(file: string): CheckContext['catalogue'] {
  const codes = file.toLowerCase().endsWith('.json') ? jsonCodes(file) : csvCodes(file);
  return { codes: new Set(codes.map((code) => code.trim())), source: file };
}

function jsonCodes(file: string): readonly string[] {
  const list = codeList.safeParse(readJson(file));
  if (!list.success)
    throw new ConfigError(file, ['must be a JSON list of codes, or of objects with a "code"']);
  return list.data.map((entry) => (typeof entry === 'string' ? entry : entry.code));
}

function csvCodes(file: string): readonly string[] {
  const rows = readCsv(file);
  const [header = [], ...lines] = rows;
  const at = header.findIndex((name) => CODE_HEADERS.includes(foldForSearch(name)));
  if (at < 0)
    throw new ConfigError(file, [`needs a column named "code" or "Mã TTHC"; it has ${header.join(', ')}`]);
  return lines.flatMap((line) => line[at] || []);
}

const holidaySchema = z.array(z.object({ date: z.iso.date(), kind: z.enum(['off', 'work']) }));

function readHolidayFile(file: string): readonly Holiday[] {
  const [header = [], ...lines] = readCsv(file);
  const rows = lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
  const holidays = holidaySchema.safeParse(rows);
  if (holidays.success) return holidays.data;
  throw new ConfigError(file, ['needs the columns date (YYYY-MM-DD) and kind (off or work)']);
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
