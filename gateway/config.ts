import { resolve } from 'node:path';
import { z } from 'zod';
import type { CursorKey } from '../schema/client-cursor';
import { ConfigError } from '../schema/runtime/config-error';
import { type Environment, EnvironmentReader } from '../schema/runtime/environment';
import type { LogLevel } from '../schema/runtime/logger';
import { readYamlConfig } from '../schema/runtime/read-yaml-config';
import { readCursorKeys } from './cursor-keys';

/** Everything the gateway may be told, checked. Files are absolute paths. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly supergraph: string;
  /** Which system holds which rows; null serves a supergraph without shards. */
  readonly registry: string | null;
  /** The folder of the page's ready queries; null shows none. */
  readonly operations: string | null;
  /** How often changed files are looked for. */
  readonly watchIntervalMs: number;
  /** Where the province's clock stands, ISO UTC in whole seconds; null for the machine's clock. */
  readonly now: string | null;
  readonly corsOrigins: readonly string[];
  readonly deadlineMs: number;
  readonly callTimeoutMs: number;
  readonly maxRequestBytes: number;
  readonly maxAnswerBytes: number;
  readonly limits: {
    readonly maxTokens: number;
    readonly maxDepth: number;
    readonly maxSelections: number;
    readonly maxPlanningMs: number;
  };
  /** What prepared operations may take of memory, roughly. */
  readonly operationCacheBytes: number;
  /** What is asked twice at the same moment is done once: reads of systems, and whole operations of clients. */
  readonly sharing: { readonly calls: boolean; readonly operations: boolean };
  /** The most operations that one request may carry in a list; null takes no lists. */
  readonly maxBatch: number | null;
  /** What automatic persisted queries may take of memory; null knows none. */
  readonly persistedQueryBytes: number | null;
  readonly indexEntries: number;
  /** The first signs cursors, all verify. */
  readonly cursorKeys: readonly CursorKey[];
  readonly logLevel: LogLevel;
}

/** What the command line said; it wins over the environment, which wins over the file. */
export interface Arguments {
  readonly config?: string | undefined;
  readonly supergraph?: string | undefined;
  readonly port?: string | undefined;
}

export interface ConfigDefaults {
  readonly supergraph: string;
  /** The ready queries of that supergraph; another one's page starts empty. */
  readonly operations: string;
  /** Relative paths on the command line and in the environment start here. */
  readonly workingFolder: string;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const whole = (min: number, max: number) => z.int().min(min).max(max);
const origin = z.string().refine(isOrigin, 'must be an origin such as https://stp.haiduong.gov.vn, or *');
const instant = z.string().transform((text, context) => {
  const now = toWholeSeconds(text);
  if (now !== null) return now;
  context.issues.push({ code: 'custom', input: text, message: WRONG_INSTANT });
  return z.NEVER;
});
const WRONG_INSTANT = 'must be an instant with its offset, such as 2024-06-28T10:00:00+07:00';

/** The file; docs/lienthong.example.yaml shows every setting. */
const fileSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: whole(0, 65_535).default(4000),
  supergraph: z.string().min(1).optional(),
  registry: z.string().min(1).optional(),
  operations: z.string().min(1).optional(),
  watchIntervalMs: whole(10, 3_600_000).default(1000),
  province: z.strictObject({ now: instant.optional() }).prefault({}),
  cors: z.strictObject({ origins: z.array(origin).default([]) }).prefault({}),
  deadlineMs: whole(1, 600_000).default(6000),
  callTimeoutMs: whole(1, 600_000).default(2500),
  maxRequestBytes: whole(1024, 1 << 30).default(1 << 20),
  maxAnswerBytes: whole(1024, 1 << 30).default(32 << 20),
  limits: z
    .strictObject({
      maxTokens: whole(10, 1_000_000).default(8000),
      maxDepth: whole(1, 1000).default(30),
      maxSelections: whole(1, 10_000_000).default(10_000),
      maxPlanningMs: whole(10, 600_000).default(1000),
    })
    .prefault({}),
  operationCacheBytes: whole(0, 1 << 30).default(48 << 20),
  sharing: z
    .strictObject({ calls: z.boolean().default(true), operations: z.boolean().default(true) })
    .prefault({}),
  batching: z
    .strictObject({ enabled: z.boolean().default(false), maxOperations: whole(1, 1000).default(10) })
    .prefault({}),
  persistedQueries: z
    .strictObject({ enabled: z.boolean().default(false), maxBytes: whole(1024, 1 << 30).default(8 << 20) })
    .prefault({}),
  indexEntries: whole(0, 100_000_000).default(200_000),
  gateways: whole(1, 10_000).default(1),
  logLevel: z.enum(LOG_LEVELS).default('info'),
});

/** @throws ConfigError with every mistake of the file and of the environment at once. */
export function readConfig(args: Arguments, env: Environment, defaults: ConfigDefaults): Config {
  const reader = new EnvironmentReader({ ...env, ...(args.port !== undefined && { PORT: args.port }) });
  const from = (path: string): string => resolve(defaults.workingFolder, path);
  const configFile = args.config ?? reader.readOptionalText('LIENTHONG_CONFIG');
  const { file, mistakes } = readFile(configFile === undefined ? null : from(configFile));
  const fromFile = (path: string): string =>
    resolve(configFile === undefined ? '.' : from(configFile), '..', path);

  const named = args.supergraph ?? reader.readOptionalText('LIENTHONG_SUPERGRAPH');
  const supergraph = named ? from(named) : file.supergraph ? fromFile(file.supergraph) : null;
  const registry = reader.readOptionalText('LIENTHONG_REGISTRY');
  const gateways = reader.readWhole('LIENTHONG_GATEWAYS', file.gateways, { min: 1 });
  const config: Config = {
    host: reader.readText('HOST', file.host),
    port: reader.readPort('PORT', file.port),
    supergraph: supergraph ?? defaults.supergraph,
    registry: registry ? from(registry) : file.registry ? fromFile(file.registry) : null,
    operations: file.operations
      ? fromFile(file.operations)
      : supergraph === null
        ? defaults.operations
        : null,
    watchIntervalMs: file.watchIntervalMs,
    now: readNow(reader) ?? file.province.now ?? null,
    corsOrigins: readOrigins(reader) ?? file.cors.origins,
    deadlineMs: file.deadlineMs,
    callTimeoutMs: file.callTimeoutMs,
    maxRequestBytes: file.maxRequestBytes,
    maxAnswerBytes: file.maxAnswerBytes,
    limits: file.limits,
    operationCacheBytes: file.operationCacheBytes,
    sharing: file.sharing,
    maxBatch: file.batching.enabled ? file.batching.maxOperations : null,
    persistedQueryBytes: file.persistedQueries.enabled ? file.persistedQueries.maxBytes : null,
    indexEntries: file.indexEntries,
    cursorKeys: readCursorKeys(reader, gateways),
    logLevel: reader.readChoice('LIENTHONG_LOG_LEVEL', LOG_LEVELS, file.logLevel),
  };
  throwAll(mistakes, reader);
  return Object.freeze(config);
}

interface ReadFile {
  readonly file: z.output<typeof fileSchema>;
  /** With mistakes the file's settings are the defaults, so that the environment can still be checked. */
  readonly mistakes: ConfigError | null;
}

function readFile(path: string | null): ReadFile {
  const defaults = fileSchema.parse({});
  if (path === null) return { file: defaults, mistakes: null };
  try {
    return { file: readYamlConfig(path, fileSchema), mistakes: null };
  } catch (error) {
    if (error instanceof ConfigError) return { file: defaults, mistakes: error };
    throw error;
  }
}

function readNow(reader: EnvironmentReader): string | undefined {
  const text = reader.readOptionalText('LIENTHONG_NOW');
  const now = text === undefined ? undefined : toWholeSeconds(text);
  if (now === null) reader.refuse(`LIENTHONG_NOW ${WRONG_INSTANT}, got "${text ?? ''}"`);
  return now ?? undefined;
}

function readOrigins(reader: EnvironmentReader): readonly string[] | undefined {
  const origins = reader
    .readOptionalText('LIENTHONG_CORS_ORIGINS')
    ?.split(/[\s,]+/)
    .filter((item) => item !== '');
  for (const wrong of origins?.filter((item) => !isOrigin(item)) ?? []) {
    reader.refuse(
      `LIENTHONG_CORS_ORIGINS must list origins such as https://stp.haiduong.gov.vn, got "${wrong}"`,
    );
  }
  return origins;
}

/** Not parsed by Date alone: it would take a text without an offset for the machine's local time. */
function toWholeSeconds(text: string): string | null {
  const hasOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = hasOffset ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function isOrigin(text: string): boolean {
  if (text === '*') return true;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}

function throwAll(file: ConfigError | null, reader: EnvironmentReader): void {
  try {
    reader.done();
  } catch (error) {
    if (!(error instanceof ConfigError) || file === null) throw error;
    throw new ConfigError('The configuration', [
      ...file.mistakes.map((mistake) => `${file.source}: ${mistake}`),
      ...error.mistakes,
    ]);
  }
  if (file !== null) throw file;
}
