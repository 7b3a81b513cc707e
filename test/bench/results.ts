import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { PEERS } from './contestants';
import type { BesideBig } from './measure-big';
import type { Scatter } from './measure-scatter';
import type { Starts } from './measure-starts';
import type { Measured } from './measure-throughput';
import type { Options } from './options';

/** One run of the bench, as docs/bench/results.json keeps it. What was not asked is null. */
export interface Results {
  /** Day, YYYY-MM-DD. */
  readonly date: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly throughput: Measured | null;
  readonly starts: readonly Starts[] | null;
  readonly scatter: readonly Scatter[] | null;
  readonly big: readonly BesideBig[] | null;
}

const OWN = ['@apollo/gateway', '@apollo/server', 'undici'];
const OF_PEERS = [
  'mercurius',
  '@mercuriusjs/gateway',
  '@graphql-hive/gateway',
  '@graphql-hive/router-query-planner',
];

/** What stands in every result, whatever was asked. */
export function runFacts({ rounds, seconds, connections }: Options) {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${gibibytes} GiB`,
    versions: {
      node: process.versions.node,
      ...versionsOf(OWN, projectRoot()),
      ...versionsOf(OF_PEERS, PEERS),
    },
    rounds,
    seconds,
    connections,
  };
}

function versionsOf(packages: readonly string[], folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    packages.flatMap((name) => {
      const version = readVersion(join(folder, 'node_modules', name, 'package.json'));
      return version === null ? [] : [[name, version]];
    }),
  );
}

function readVersion(file: string): string | null {
  try {
    // Every package's own file has one.
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  } catch {
    // The peers were not asked, so they are not installed.
    return null;
  }
}
