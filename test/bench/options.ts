import { parseArgs } from 'node:util';

/** What may be asked of the bench by name. */
export const PARTS = ['small', 'medium', 'heavy', 'varied', 'starts', 'scatter', 'big'] as const;

export type Part = (typeof PARTS)[number];

/** What a run of the bench is asked to do. */
export interface Options {
  /** All when none is named. */
  readonly parts: ReadonlySet<string>;
  /** Ids of contestants, or what such ids begin with; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Where our gateways write profiles of their CPU; null for none. */
  readonly profiles: string | null;
  /** Everything was asked at full length, so that the pages under docs/bench are written anew. */
  readonly isWhole: boolean;
  /** Only write the pages anew, from the figures of the last whole run. */
  readonly isDrawing: boolean;
}

export const USAGE = `Usage: npm run bench -- [PART ...] [--only CONTESTANT,...] [--quick]
       npm run bench -- --draw

  PART     small, medium, heavy: that query, the same variables in every request
           varied: the three queries, other variables in every request
           starts: from the start of the process to the first answer, and the first answer to the heavy query
           scatter: one query over 1, 10, 50, 52 and 500 shards
           big: the small query while answers of 10 MB run
           Without any: all of them, and docs/bench is written anew.
  --only   contestants by id or by the start of it: stock, ours, ours-off, ours-calls, ours-all, hand, hand-same,
           hand-merged, mercurius, hive, hive-off, hive-calls, hive-operations; stock always takes part
  --quick  one round of two seconds, for a look between two changes
  --profile FOLDER
           our gateways write what took their CPU there (node --cpu-prof); they are slower for it
  --draw   write docs/bench anew from docs/bench/results.json

BENCH_ROUNDS, BENCH_SECONDS and BENCH_CONNECTIONS change the run. Linux, two cores, the package wrk.
`;

/** Throws with a sentence for the person at the keyboard. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, quick: flag, draw: flag, profile: { type: 'string' } },
  });
  const unknown = positionals.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${PARTS.join(', ')}`);
  const only = values.only.split(',').filter((id) => id !== '');
  return {
    parts: new Set(positionals.length === 0 ? PARTS : positionals),
    only,
    rounds: readWhole(env, 'BENCH_ROUNDS', values.quick ? 1 : 3),
    seconds: readWhole(env, 'BENCH_SECONDS', values.quick ? 2 : 5),
    connections: readWhole(env, 'BENCH_CONNECTIONS', 50),
    profiles: values.profile ?? null,
    isWhole: positionals.length === 0 && only.length === 0 && !values.quick && values.profile === undefined,
    isDrawing: values.draw,
  };
}

function readWhole(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${name} must be a whole number from 1, got "${text}"`);
  return Number(text);
}
