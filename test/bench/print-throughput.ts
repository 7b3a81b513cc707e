import { CONTESTANTS } from './contestants';
import type { Measured } from './measure-throughput';
import type { Options } from './options';

/** One table a query, on the console. */
export function printThroughput({ throughput, peakMiB }: Measured, options: Options): void {
  const { connections, rounds, seconds } = options;
  console.log(`${connections} connections, medians of ${rounds} rounds of ${seconds} s; × is to stock`);
  const names = new Set(throughput.map(({ query, isVaried }) => `${query}${isVaried ? ', varied' : ''}`));
  for (const name of names) {
    console.log(`\n${name}`);
    console.table(
      Object.fromEntries(
        throughput
          .filter(({ query, isVaried }) => `${query}${isVaried ? ', varied' : ''}` === name)
          .map((one) => [
            CONTESTANTS.find(({ id }) => id === one.contestant)?.label ?? one.contestant,
            {
              '×': Number(one.ratio.toFixed(2)),
              'requests/CPU s': Math.round(one.requestsPerCpuSecond),
              'requests/s': Math.round(one.requestsPerSecond),
              'p50 ms': Number(one.p50Ms.toFixed(1)),
              'p99 ms': Number(one.p99Ms.toFixed(1)),
              'peak MiB so far': peakMiB[one.contestant],
            },
          ]),
      ),
    );
  }
}
