import { join, resolve } from 'node:path';
import { ConfigError } from '../../schema/runtime/config-error';
import { EnvironmentReader, type Environment } from '../../schema/runtime/environment';

/** What the environment says to the host and to the generator. */
export interface ProvinceSettings {
  readonly folder: string;
  /** Null: whatever is there, else what the province's description says. */
  readonly dossiers: number | null;
  readonly seed: string | null;
  readonly host: string;
  readonly advertisedHost: string;
  readonly firstPort: number;
  /** Null: the clock of the province's description. */
  readonly now: string | null;
}

const MAX_DOSSIERS = 100_000_000;

/** Throws a ConfigError that names every wrong setting. */
export function readProvinceSettings(env: Environment, projectRoot: string): ProvinceSettings {
  const reader = new EnvironmentReader(env);
  const folder = resolve(reader.readText('LIENTHONG_DATA', join(projectRoot, '.lienthong')));
  const hasCount = reader.readOptionalText('LIENTHONG_DOSSIERS') !== undefined;
  const count = reader.readWhole('LIENTHONG_DOSSIERS', 1, { min: 1, max: MAX_DOSSIERS });
  const host = reader.readText('HOST', '127.0.0.1');
  const now = reader.readOptionalText('LIENTHONG_NOW') ?? null;
  if (now !== null && Number.isNaN(Date.parse(now))) {
    reader.refuse(`LIENTHONG_NOW must be an instant such as 2024-06-28T10:00:00+07:00, got "${now}"`);
  }
  const settings = {
    folder,
    dossiers: hasCount ? count : null,
    seed: reader.readOptionalText('LIENTHONG_SEED') ?? null,
    host,
    advertisedHost: reader.readText(
      'LIENTHONG_SYSTEMS_HOST',
      host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host,
    ),
    firstPort: reader.readPort('LIENTHONG_SYSTEMS_PORT', 0),
    now,
  };
  reader.done();
  return settings;
}

/** The arguments of `lienthong province`: they go before the environment. Throws a ConfigError for one that does not exist. */
export function readGenerateArguments(
  args: readonly string[],
  settings: ProvinceSettings,
): Pick<ProvinceSettings, 'dossiers' | 'seed'> {
  const values: { dossiers: number | null; seed: string | null } = {
    dossiers: settings.dossiers,
    seed: settings.seed,
  };
  const mistakes: string[] = [];
  for (let place = 0; place < args.length; place += 1) {
    const [name = '', inline] = (args[place] ?? '').split('=', 2);
    if (name !== '--dossiers' && name !== '--seed') {
      mistakes.push(`"${args[place]}" is not known; there are --dossiers N and --seed S`);
      continue;
    }
    const value = inline ?? args[(place += 1)];
    if (value === undefined || value === '') mistakes.push(`${name} needs a value`);
    else if (name === '--seed') values.seed = value;
    else if (isCount(value)) values.dossiers = Number(value);
    else mistakes.push(`--dossiers must be a whole number from 1 to ${MAX_DOSSIERS}, got "${value}"`);
  }
  if (mistakes.length > 0) throw new ConfigError('The command line', mistakes);
  return values;
}

function isCount(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_DOSSIERS;
}
