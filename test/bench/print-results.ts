import { labelOf } from './contestants';
import type { Throughput } from './measure-throughput';
import type { Results } from './results';

/** Tables on the console. */
export function printResults(results: Results): void {
  const { connections, rounds, seconds, throughput, starts, scatter, big } = results;
  if (throughput) {
    console.log(`${connections} connections, medians of ${rounds} rounds of ${seconds} s; × is to stock`);
    printThroughput(throughput.throughput, throughput.peakMiB);
  }
  if (starts) printRows('Starts, medians', starts, ({ contestant }) => labelOf(contestant));
  if (scatter) printRows('Scatter, sharing off', scatter, ({ shards }) => `${shards} shards`);
  if (big) printRows('The small query beside answers of 10 MB', big, ({ contestant }) => labelOf(contestant));
}

function printThroughput(all: readonly Throughput[], peakMiB: Readonly<Record<string, number>>): void {
  const titleOf = ({ query, isVaried }: Throughput): string => `${query}${isVaried ? ', varied' : ''}`;
  for (const title of new Set(all.map(titleOf))) {
    const rows = all
      .filter((one) => titleOf(one) === title)
      .map((one) => ({
        contestant: one.contestant,
        '×': one.ratio,
        'requests/CPU s': Math.round(one.requestsPerCpuSecond),
        'requests/s': Math.round(one.requestsPerSecond),
        'p50 ms': one.p50Ms,
        'p99 ms': one.p99Ms,
        'subgraph requests': one.subgraphRequests,
        bytes: one.answerBytes,
        'peak MiB': peakMiB[one.contestant],
      }));
    printRows(title, rows, ({ contestant }) => labelOf(contestant));
  }
}

function printRows<Row extends object>(
  title: string,
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): void {
  console.log(`\n${title}`);
  const round = (value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value;
  const cells = (row: Row): object =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => name !== 'contestant' && name !== 'shards')
        .map(([name, value]) => [name, round(value)]),
    );
  console.table(Object.fromEntries(rows.map((row) => [nameOf(row), cells(row)])));
}
