import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withGatewayHeap } from '../../schema/runtime/gateway-heap';
import { builtFile } from '../../schema/runtime/built-file';
import { projectRoot } from '../../schema/runtime/project-root';
import type { World } from './bench-world';

/** Where the peers live. */
export const PEERS = join(projectRoot(), 'test', 'bench', 'peers');

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Contestant {
  readonly id: string;
  readonly label: string;
  /** How to start it so that it listens on 127.0.0.1 at the port and answers /graphql. */
  readonly start: (world: World, port: number) => Command;
  /** Lives in the peers' own folder, which is installed when one of them is asked. */
  readonly isPeer?: boolean;
}

/** The first is the unit of every ratio, and its answers are the right ones. */
export const CONTESTANTS: readonly Contestant[] = [
  { id: 'stock', label: '@apollo/server + @apollo/gateway', start: stock },
  ours('ours-off', 'Liên Thông, sharing off', { calls: false, operations: false }),
  ours('ours-calls', 'Liên Thông, calls shared', { calls: true, operations: false }),
  ours('ours-all', 'Liên Thông, calls and operations shared', { calls: true, operations: true }),
  hand('same', 'by hand, same requests'),
  hand('merged', 'by hand, merged entity fetches'),
  { id: 'mercurius', label: 'mercurius + @mercuriusjs/gateway', start: mercurius, isPeer: true },
  hive('off', 'Hive Gateway, sharing off'),
  hive('calls', 'Hive Gateway, calls shared'),
  hive('operations', 'Hive Gateway, calls and operations shared'),
];

/** Those that an `--only` names, in the order above; the unit is always among them. Throws on a name of none. */
export function chooseContestants(only: readonly string[]): readonly Contestant[] {
  const isNamed = (id: string, name: string): boolean => id === name || id.startsWith(`${name}-`);
  const unknown = only.find((name) => !CONTESTANTS.some(({ id }) => isNamed(id, name)));
  if (unknown !== undefined) {
    const ids = CONTESTANTS.map(({ id }) => id).join(', ');
    throw new Error(`There is no contestant "${unknown}"; there are ${ids}`);
  }
  return CONTESTANTS.filter(
    ({ id }, place) => only.length === 0 || place === 0 || only.some((name) => isNamed(id, name)),
  );
}

/** The name for readers; an id that is no more is its own. */
export function labelOf(contestant: string): string {
  return CONTESTANTS.find(({ id }) => id === contestant)?.label ?? contestant;
}

function stock({ programs, supergraph }: World, port: number): Command {
  return node([join(programs, 'contestants', 'stock.js')], { SUPERGRAPH: supergraph, PORT: String(port) });
}

function ours(id: string, label: string, sharing: Sharing): Contestant {
  return { id, label, start: (world, port) => startOurs(id, world, port, { ...world, sharing }) };
}

/** Ours over another supergraph, one that is sharded, with sharing off. */
export function oursOver(
  id: string,
  files: { readonly supergraph: string; readonly registry: string },
): Contestant {
  const sharing = { calls: false, operations: false };
  const start: Contestant['start'] = (world, port) => startOurs(id, world, port, { ...files, sharing });
  return { id, label: `Liên Thông, ${id}`, start };
}

interface Sharing {
  readonly calls: boolean;
  readonly operations: boolean;
}

interface OurSettings {
  readonly supergraph: string;
  readonly registry?: string;
  readonly sharing: Sharing;
}

function startOurs(
  id: string,
  { folder, profiles }: World,
  port: number,
  { supergraph, registry, sharing }: OurSettings,
): Command {
  const config = join(folder, `${id}.yaml`);
  // YAML is a superset of JSON. No deadline: on a slow machine the others have none either.
  const times = { deadlineMs: 60_000, callTimeoutMs: 60_000 };
  writeFileSync(config, JSON.stringify({ supergraph, registry, sharing, logLevel: 'error', ...times }));
  // The heap is set as `lienthong gateway` sets it.
  return node([builtFile(join(projectRoot(), 'dist', 'gateway', 'main')), '--config', config], {
    PORT: String(port),
    NODE_OPTIONS: withGatewayHeap(profiles === null ? undefined : profilesTo(profiles)),
  });
}

function profilesTo(folder: string): string {
  return `--cpu-prof --cpu-prof-dir=${JSON.stringify(resolve(folder))}`;
}

function hand(kind: string, label: string): Contestant {
  return {
    id: `hand-${kind}`,
    label,
    start: ({ programs, urls, queryFolder }, port) =>
      node([join(programs, 'contestants', 'hand.js')], {
        HAND: kind,
        SUBGRAPHS: JSON.stringify(urls),
        QUERIES: queryFolder,
        PORT: String(port),
      }),
  };
}

function mercurius({ urls }: World, port: number): Command {
  return node([join(PEERS, 'mercurius.mjs')], { SUBGRAPHS: JSON.stringify(urls), PORT: String(port) });
}

function hive(sharing: string, label: string): Contestant {
  return {
    id: `hive-${sharing}`,
    label,
    isPeer: true,
    start: ({ supergraph }, port) => {
      const program = join(PEERS, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
      const where = ['--host', '127.0.0.1', '--port', String(port), '-c', 'hive.config.mjs'];
      const command = node([program, 'supergraph', supergraph, '--hive-router-runtime', ...where], {
        HIVE_SHARING: sharing,
        LOG_LEVEL: 'error',
        NODE_NO_WARNINGS: '1',
      });
      return { ...command, cwd: PEERS };
    },
  };
}

function node(args: readonly string[], env: Readonly<Record<string, string>>): Command {
  return { command: process.execPath, args, env: { NODE_ENV: 'production', ...env } };
}
