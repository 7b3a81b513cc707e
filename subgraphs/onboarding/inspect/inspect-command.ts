import { basename, dirname, join, relative, resolve } from 'node:path';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { ConfigError } from '../../../schema/runtime/config-error';
import { projectRoot } from '../../../schema/runtime/project-root';
import { foldForSearch } from '../../../schema/vietnamese-text';
import { parseSystemMapping } from '../../sources/mapping/read-system-mapping';
import { createPaint } from '../terminal/colours';
import type { CommandIo } from '../terminal/command-io';
import { EXIT, type ExitCode } from '../terminal/exit-code';
import type { OnboardCommand } from '../terminal/onboard-command';
import { startProgress } from '../terminal/progress';
import { readArguments } from '../terminal/read-arguments';
import { UsageError } from '../terminal/usage-error';
import { writeJson } from '../terminal/write-json';
import { inspectSystem, type Inspection } from './inspect-system';
import { chooseAgencies, readListedAgencies } from './listed-agencies';
import { openTarget } from './read/open-target';
import { parseTarget, type Target } from './read/parse-target';

const HELP = `Looks at a system, read-only, and writes a first mapping of it.

  lienthong onboard inspect URL [--out FILE] [--system NAME] [--agencies CODE,…] [--directory FOLDER] [--json]

URL is one of
  postgres://user@host/db            PostgreSQL
  mariadb://user@host/db, mysql://…  MariaDB, MySQL
  sqlite:FILE                        a SQLite file (also FILE.sqlite, FILE.db)
  http(s)://host/…                   a JSON service, an OpenAPI document, or a WSDL (…?wsdl)
  FILE.json, FILE.yaml, FILE.wsdl    an OpenAPI document or a WSDL
  FILE.xlsx, FILE.csv, FOLDER        sheets

  --out FILE          where to write the mapping; without it, it goes to stdout. A file that is there is never overwritten
  --system NAME       the short name of the system in systems.yaml, such as so-y-te
  --agencies CODE,…   whose rows the system holds; without it, what the rows say
  --directory FOLDER  the province's list of agencies (agencies.csv, agency_codes.csv)
  --json              one JSON document: the mapping, what was recognised, what is unsure, tables and samples

A password may stand in the URL, or in LIENTHONG_<NAME>_PASSWORD; the token of a service in LIENTHONG_<NAME>_TOKEN. It is never written or shown. Values of people are masked.
Exit codes: 0 a mapping was written, 1 nothing was recognised, 2 wrong usage, 3 the system cannot be reached.

  lienthong onboard inspect postgres://reader@10.1.2.3/motcua --system so-y-te --agencies H23.X12 --out so-y-te.yaml
`;

export const command: OnboardCommand = {
  name: 'inspect',
  summary: 'look at a system and write a first mapping of it',
  help: HELP,
  run,
};

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    options: {
      out: { type: 'string' },
      system: { type: 'string' },
      agencies: { type: 'string' },
      directory: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    positionals: ['URL'],
  });
  const target = parseTarget(positionals[0] ?? '', io.cwd);
  const system = systemName(values.system, target);
  const out = values.out === undefined ? null : freeFile(resolve(io.cwd, values.out));
  const listed = readListedAgencies(
    values.directory === undefined ? undefined : resolve(io.cwd, values.directory),
  );
  const agencies = chooseAgencies(listed, values.agencies);
  const folder = out === null ? io.cwd : dirname(out);

  using progress = startProgress(io, 'Looking', 1);
  await using opened = await openTarget(target, { system, env: io.env, folder, signal: io.signal });
  const inspection = await inspectSystem(opened, {
    system,
    agencies,
    listed,
    schema: relative(folder, join(projectRoot(), 'docs', 'system-mapping.schema.json')),
    onTable: (done, total) => {
      io.signal.throwIfAborted();
      progress.update(done, total);
    },
  });
  progress[Symbol.dispose]();
  return tell(inspection, { out, isJson: values.json }, io);
}

function freeFile(file: string): string {
  if (existsSync(file)) throw new UsageError(`--out: ${file} is there already; choose another name`);
  return file;
}

const SYSTEM_NAME = /^[a-z0-9][a-z0-9-]*$/;

function systemName(given: string | undefined, target: Target): string {
  if (given === undefined) return foldForSearch(nameIn(target)).replaceAll(' ', '-') || 'system';
  if (!SYSTEM_NAME.test(given))
    throw new UsageError(`--system: must be a short name in lower case, such as so-y-te, got "${given}"`);
  return given;
}

function nameIn(target: Target): string {
  const withoutExtension = (path: string) => basename(path).replace(/\.[^.]+$/, '');
  switch (target.kind) {
    case 'server':
      return target.url.pathname;
    case 'http':
      return target.url.hostname;
    case 'sheet':
      return withoutExtension(target.path);
    case 'sqlite':
    case 'document':
      return withoutExtension(target.file);
  }
}

interface TellOptions {
  readonly out: string | null;
  readonly isJson: boolean;
}

function tell(inspection: Inspection, { out, isJson }: TellOptions, io: CommandIo): ExitCode {
  const { text, recognised, unsure, tables, layout } = inspection;
  const mistakes = text === null ? [] : mistakesIn(out ?? 'the mapping', text);
  if (text !== null && out !== null) writeWhole(out, text);
  if (isJson)
    writeJson(io, {
      source: inspection.title,
      layout,
      recognised,
      unsure,
      mistakes,
      file: out,
      mapping: text,
      tables,
    });
  else if (text !== null && out === null) io.stdout.write(text);
  tellPeople(inspection, { out, mistakes }, io);
  return text === null ? EXIT.findings : EXIT.good;
}

/** What still keeps the mapping from being used; a first mapping may have such. */
function mistakesIn(source: string, text: string): readonly string[] {
  try {
    parseSystemMapping(source, text);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

/** Whoever reads the file sees nothing or all of it. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}

function tellPeople(
  { title, layout, recognised, unsure, text, advice }: Inspection,
  { out, mistakes }: { readonly out: string | null; readonly mistakes: readonly string[] },
  io: CommandIo,
): void {
  const paint = createPaint(io.stderr, io.env);
  const lines = [
    `Looked at ${title}.`,
    layout === null ? 'Its layout is none of the known ones.' : `Layout ${layout.letter}: ${layout.title}.`,
    ...Object.entries(recognised).map(
      ([role, table]) => `  ${role.padEnd(12)}${table ?? paint('yellow', 'not found')}`,
    ),
    ...(text === null ? [paint('red', advice)] : []),
    ...(unsure.length === 0
      ? []
      : [paint('yellow', `${unsure.length} places are marked "# unsure": look at each.`)]),
    ...(mistakes.length === 0 ? [] : [paint('red', 'It cannot be used before these are mended:')]),
    ...mistakes.map((mistake) => `  - ${mistake}`),
    ...(text === null || out === null ? [] : [`Written to ${out}. Next: lienthong onboard check ${out}`]),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}
