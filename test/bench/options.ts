import { parseArgs } from 'node:util';

/** What a run of the bench is asked to do. */
export interface Options {
  /** Names of queries; all when none is named. */
  readonly queries: readonly string[];
  /** Ids of contestants, or what such ids begin with; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

export const USAGE = `Usage: npm run bench -- [QUERY ...] [--only CONTESTANT,...] [--quick]

  QUERY    small, medium, heavy; default: all
  --only   contestants by id or by the start of it: stock, ours, ours-off, ours-calls, ours-all, hand, hand-same,
           hand-merged, mercurius, hive, hive-off, hive-calls, hive-operations
  --quick  one round of two seconds, for a look between two changes

BENCH_ROUNDS, BENCH_SECONDS and BENCH_CONNECTIONS change the run.
`;

/** Throws with a sentence for the person at the keyboard. */
export function readOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  queries: readonly string[],
): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, quick: { type: 'boolean', default: false } },
  });
  const unknown = positionals.find((name) => !queries.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no query "${unknown}"; there are ${queries.join(', ')}`);
  return {
    queries: positionals.length === 0 ? queries : positionals,
    only: values.only.split(',').filter((id) => id !== ''),
    rounds: readWhole(env, 'BENCH_ROUNDS', values.quick ? 1 : 3),
    seconds: readWhole(env, 'BENCH_SECONDS', values.quick ? 2 : 4),
    connections: readWhole(env, 'BENCH_CONNECTIONS', 50),
  };
}

function readWhole(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${name} must be a whole number from 1, got "${text}"`);
  return Number(text);
}
