import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../../schema/runtime/config-error';
import { type Environment, EnvironmentReader } from '../../schema/runtime/environment';

export const SERVE_USAGE = `Usage: lienthong system serve FILE… [--port N]

Answers for the systems that mappings describe, each under http://HOST:PORT/dossiers and /procedures, until Ctrl-C.
The first takes the port, the next ones those that follow.

  --port N           0 lets the machine choose (PORT; default 4200)
  --data FOLDER      where copies are kept (LIENTHONG_DATA; default .lienthong)
  --directory FILE   the agency directory, as systems.yaml names it (default: FOLDER/agency-directory.json,
                     else that of the embedded province)
  --holidays FILE    days off and swapped working days (default: the national list that comes along)
  --catalogue FILE   the province's procedures, for systems that know them by name only (default: the one that comes along)
  --now INSTANT      where the clock stands (LIENTHONG_NOW; default: the machine's)

Environment: HOST (127.0.0.1), and the secrets that the mappings name.
`;

export interface ServeSettings {
  readonly files: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly storeFolder: string;
  /** null: that of the embedded province. */
  readonly directoryFile: string | null;
  readonly holidaysFile: string;
  readonly catalogueFile: string;
  readonly now: string | null;
}

/** Null when help is asked for. Throws a ConfigError that names every mistake. */
export function readServeSettings(
  argv: readonly string[],
  env: Environment,
  projectRoot: string,
): ServeSettings | null {
  const { values, positionals } = parseServe(argv);
  if (values.help) return null;
  const set = (name: string, value: string | undefined): Environment =>
    value === undefined ? {} : { [name]: value };
  const reader = new EnvironmentReader({
    ...env,
    ...set('PORT', values.port),
    ...set('LIENTHONG_DATA', values.data),
    ...set('LIENTHONG_NOW', values.now),
  });
  const folder = resolve(reader.readText('LIENTHONG_DATA', join(projectRoot, '.lienthong')));
  const data = join(projectRoot, 'subgraphs', 'province', 'data');
  const settings: ServeSettings = {
    files: positionals.map((file) => resolve(file)),
    host: reader.readText('HOST', '127.0.0.1'),
    port: reader.readPort('PORT', 4200),
    storeFolder: join(folder, 'copies'),
    directoryFile: directoryFile(values.directory, join(folder, 'agency-directory.json')),
    holidaysFile: resolve(values.holidays ?? join(data, 'holidays.csv')),
    catalogueFile: resolve(values.catalogue ?? join(data, 'procedures.csv')),
    now: readInstant(reader),
  };
  if (positionals.length === 0) reader.refuse('FILE: which mapping? lienthong system serve so-y-te.yaml');
  for (const file of settings.files) if (!existsSync(file)) reader.refuse(`FILE: there is no file ${file}`);
  for (const [what, file] of [
    ['--directory', settings.directoryFile],
    ['--holidays', settings.holidaysFile],
    ['--catalogue', settings.catalogueFile],
  ] as const)
    if (file !== null && !existsSync(file)) reader.refuse(`${what}: there is no file ${file}`);
  reader.done();
  return settings;
}

/** What was asked for; else that of the data folder, which the gateway follows too, where there is one. */
function directoryFile(asked: string | undefined, usual: string): string | null {
  if (asked !== undefined) return resolve(asked);
  return existsSync(usual) ? usual : null;
}

function readInstant(reader: EnvironmentReader): string | null {
  const text = reader.readOptionalText('LIENTHONG_NOW');
  if (text === undefined) return null;
  const instant = Date.parse(text);
  if (!Number.isNaN(instant)) return `${new Date(instant).toISOString().slice(0, 19)}Z`;
  reader.refuse(`LIENTHONG_NOW must be an instant such as 2024-06-28T10:00:00+07:00, got "${text}"`);
  return null;
}

function parseServe(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        port: text,
        data: text,
        directory: text,
        holidays: text,
        catalogue: text,
        now: text,
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError('The command line', [`${reason}. See lienthong system serve --help`]);
  }
}
