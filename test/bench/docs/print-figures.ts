import { labelOf } from '../contestants';
import type { BesideBig } from '../measure-big';
import type { Scatter } from '../measure-scatter';
import type { Starts } from '../measure-starts';
import type { Measured, Throughput } from '../measure-throughput';
import type { Results } from '../results';

/** The figures of a run as Markdown. */
export function printFigures(results: Results): string {
  const { throughput, starts, scatter, big } = results;
  return [
    printRun(results),
    ...(throughput ? [printRatios(throughput, false), printRatios(throughput, true)] : []),
    ...(throughput ? [printLatencies(throughput)] : []),
    ...(starts ? [printStarts(starts)] : []),
    ...(scatter ? [printScatter(scatter)] : []),
    ...(big ? [printBig(big)] : []),
  ].join('\n');
}

function printRun({ date, machine, versions, rounds, seconds, connections }: Results): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${date}, ${machine}. ${connections} connections, medians of ${rounds} interleaved rounds of ${seconds} s.`,
    `${packages.join(', ')}.`,
    'Every figure of it: [results.json](results.json).',
    '',
    '![Requests per gateway CPU second](ratios.svg)',
    '',
  ].join('\n');
}

const QUERIES = ['small', 'medium', 'heavy'];

function printRatios({ throughput, peakMiB }: Measured, isVaried: boolean): string {
  const title = isVaried ? 'Other variables in every request' : 'The same variables in every request';
  const head = [
    'requests per gateway CPU second',
    ...QUERIES.map((query) => `${query}, × stock`),
    ...(isVaried ? [] : ['subgraph requests for heavy', 'peak memory, MiB']),
  ];
  const rows = contestantsOf(throughput).map((contestant) => {
    const of = (query: string): Throughput | undefined => find(throughput, contestant, query, isVaried);
    return [
      labelOf(contestant),
      ...QUERIES.map((query) => ratio(of(query))),
      ...(isVaried ? [] : [String(of('heavy')?.subgraphRequests), String(peakMiB[contestant])]),
    ];
  });
  return section(title, head, rows);
}

function ratio(one: Throughput | undefined): string {
  if (!one) return '–';
  return `**${one.ratio.toFixed(one.ratio < 10 ? 1 : 0)}** (${thousands(one.requestsPerCpuSecond)})`;
}

function printLatencies({ throughput }: Measured): string {
  const head = [
    'requests a second; milliseconds p50 / p99',
    ...QUERIES.map((query) => `${query}, same variables`),
  ];
  const cell = (one: Throughput | undefined): string =>
    one ? `${thousands(one.requestsPerSecond)}; ${one.p50Ms.toFixed(1)} / ${one.p99Ms.toFixed(1)}` : '–';
  const rows = contestantsOf(throughput).map((contestant) => [
    labelOf(contestant),
    ...QUERIES.map((query) => cell(find(throughput, contestant, query, false))),
  ]);
  return section('What a client sees', head, rows);
}

function printStarts(starts: readonly Starts[]): string {
  const head = [
    'milliseconds',
    'process start to first answer (small)',
    'first answer to heavy',
    'tenth answer to heavy',
  ];
  const rows = starts.map(({ contestant, firstAnswerMs, firstHeavyMs, tenthHeavyMs }) => [
    labelOf(contestant),
    String(Math.round(firstAnswerMs)),
    String(Math.round(firstHeavyMs)),
    String(Math.round(tenthHeavyMs)),
  ]);
  return section('Starts and first requests', head, rows);
}

function printScatter(scatter: readonly Scatter[]): string {
  const head = [
    'shards',
    'gateway CPU ms a request',
    'and shard',
    'requests a second',
    'p50 ms',
    'p99 ms',
    'peak MiB',
  ];
  const rows = scatter.map((one) => [
    String(one.shards),
    one.gatewayCpuMs.toFixed(2),
    one.gatewayCpuMsPerShard.toFixed(3),
    thousands(one.requestsPerSecond),
    one.p50Ms.toFixed(1),
    one.p99Ms.toFixed(1),
    String(one.peakMiB),
  ]);
  const cpu = (shards: number): number => scatter.find((one) => one.shards === shards)?.gatewayCpuMs ?? NaN;
  return (
    section('One query over many shards', head, rows) +
    `\n500 shards take ${(cpu(500) / cpu(50)).toFixed(1)} times the CPU of 50.\n`
  );
}

function printBig(big: readonly BesideBig[]): string {
  const head = [
    'milliseconds of the small query',
    'p99 alone',
    'p50 beside big answers',
    'p99 beside big answers',
    'big answers a second',
    'MB each',
  ];
  const rows = big.map((one) => [
    labelOf(one.contestant),
    one.aloneP99Ms.toFixed(1),
    one.besideP50Ms.toFixed(1),
    one.besideP99Ms.toFixed(1),
    one.bigPerSecond.toFixed(1),
    (one.bigBytes / 1e6).toFixed(1),
  ]);
  return section('The small query while big answers run', head, rows);
}

function find(
  all: readonly Throughput[],
  contestant: string,
  query: string,
  isVaried: boolean,
): Throughput | undefined {
  return all.find((one) => one.contestant === contestant && one.query === query && one.isVaried === isVaried);
}

export function contestantsOf(all: readonly Throughput[]): readonly string[] {
  return [...new Set(all.map(({ contestant }) => contestant))];
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [`### ${title}`, '', line(head), line(rule), ...rows.map(line), ''].join('\n');
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
