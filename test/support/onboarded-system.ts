import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createLogger } from '../../schema/runtime/logger';
import { projectRoot } from '../../schema/runtime/project-root';
import { command } from '../../subgraphs/onboarding/check/check-command';
import { type CheckReport, checkReportSchema } from '../../subgraphs/onboarding/check/check-report';
import { openMappedSystem } from '../../subgraphs/system/open-mapped-system';
import { startSystemServer } from '../../subgraphs/system/system-server';
import { recordedIo } from './command-io';
import { eventually } from './eventually';
import { createTestFolder } from './plain-supergraph';
import { startTestGateway } from './test-gateway';

const AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'];
const NOW = '2024-06-28T03:00:00Z';
const QUERY = '{ dossiers(first: 50) { totalCount edges { node { code returnedAt } } } }';

export interface OnboardedSystemParts {
  /** Of test/fixtures/mappings, without `.yaml`. */
  readonly fixture: string;
  /** Put over the fixture's own. */
  readonly connection: Readonly<Record<string, unknown>>;
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Files beside the mapping, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Before the system is opened: more files beside the mapping. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** What a client sees of the dossiers, and of what is wrong with them. */
export interface SeenDossiers {
  readonly total: number | null;
  readonly returned: readonly (string | null)[];
  /** `code reason` of each system that is missing, and the codes of those that are stale. */
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  /** Of the systems that are stale. */
  readonly asOf: string | null;
}

/** One system as its mapping says, behind a gateway over HTTP. */
export interface OnboardedSystem extends AsyncDisposable {
  readonly folder: string;
  ask(): Promise<SeenDossiers>;
  /** Asks until it is so. */
  see(isSo: (seen: SeenDossiers) => boolean): Promise<SeenDossiers>;
  /** `lienthong onboard check` on the same mapping. */
  check(): Promise<{ readonly exitCode: number; readonly report: CheckReport }>;
}

export async function startOnboardedSystem(parts: OnboardedSystemParts): Promise<OnboardedSystem> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(createTestFolder()).path;
  const mappingFile = writeMapping(folder, parts);
  await parts.prepare?.(folder);
  const directoryFile = join(folder, 'agencies.json');
  writeFileSync(directoryFile, JSON.stringify(AGENCIES.map((code) => ({ code }))));
  const holdings = { dossiers: AGENCIES };
  const data = join(projectRoot(), 'subgraphs', 'province', 'data');
  const logger = createLogger({ level: 'silent', write: () => undefined });
  const task = {
    ...{ name: 'thu', host: '127.0.0.1', port: 0, now: NOW, holdings, mappingFile, directoryFile },
    holidaysFile: join(data, 'holidays.csv'),
    catalogueFile: null,
    storeFolder: join(folder, 'copies'),
  };
  const opened = await openMappedSystem(task, logger);
  stack.defer(() => opened.close?.());
  const { subgraphs } = opened;
  const server = stack.use(
    await startSystemServer({ ...task, system: 'thu', subgraphs, now: () => NOW, logger }),
  );
  const gateway = stack.use(
    await startTestGateway({
      supergraph: join(projectRoot(), 'schema', 'supergraph.graphql'),
      registry: writeRegistry(folder, `http://127.0.0.1:${server.port}/dossiers`),
    }),
  );
  const ask = async () => toSeen((await gateway.post({ query: QUERY })).body);
  const all = stack.move();
  return {
    folder,
    ask,
    see: (isSo) => eventually(ask, isSo),
    check: () => checkMapping(folder, mappingFile),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

export const isWhole = ({ missing, stale }: SeenDossiers) => missing.length + stale.length === 0;

function writeMapping(folder: string, { fixture, connection, changes, files }: OnboardedSystemParts): string {
  const text = readFileSync(join(projectRoot(), 'test/fixtures/mappings', `${fixture}.yaml`), 'utf8');
  // A fixture is a mapping.
  const mapping = parse(text) as { connection: object };
  const file = join(folder, 'system.yaml');
  const whole = { ...mapping, ...changes, connection: { ...mapping.connection, ...connection } };
  writeFileSync(file, stringify(whole, { aliasDuplicateObjects: false }));
  for (const [name, content] of Object.entries(files ?? {})) writeFileSync(join(folder, name), content);
  return file;
}

function writeRegistry(folder: string, url: string): string {
  const file = join(folder, 'systems.yaml');
  const content = {
    version: 1,
    directory: 'agencies.json',
    subgraphs: {
      agencies: { url: 'http://127.0.0.1:9/agencies' },
      procedures: { expected: [] },
      dossiers: { expected: AGENCIES },
    },
    systems: { thu: { subgraphs: { dossiers: { urls: [url], agencies: AGENCIES } } } },
  };
  writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }));
  return file;
}

function toSeen(body: object): SeenDossiers {
  // As the query asks, and as docs/shards.md says.
  const { data, extensions } = body as {
    data?: { dossiers: { totalCount: number; edges: { node: { returnedAt: string | null } }[] } | null };
    extensions?: { shards?: Entry[] };
  };
  const entries = extensions?.shards ?? [];
  const stale = entries.flatMap((entry) => entry.stale ?? []);
  return {
    total: data?.dossiers?.totalCount ?? null,
    returned: data?.dossiers?.edges.map(({ node }) => node.returnedAt) ?? [],
    missing: entries.flatMap(({ missing }) => missing.map(({ code, reason }) => `${code} ${reason}`)),
    stale: stale.map(({ code }) => code),
    asOf: stale[0]?.asOf ?? null,
  };
}

interface Entry {
  readonly missing: readonly { readonly code: string; readonly reason?: string }[];
  readonly stale?: readonly { readonly code: string; readonly asOf: string | null }[];
}

async function checkMapping(folder: string, file: string) {
  const io = recordedIo({ cwd: folder });
  const held = ['--directory', 'agencies.json', '--catalogue', 'none', '--now', NOW];
  const exitCode = await command.run([file, '--json', ...held], io);
  return { exitCode, report: checkReportSchema.parse(JSON.parse(io.out())) };
}
