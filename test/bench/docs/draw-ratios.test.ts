import type { Throughput } from '../measure-throughput';
import type { Results } from '../results';
import { drawRatios } from './draw-ratios';
import { printFigures } from './print-figures';

describe('the pages of the bench', () => {
  it('draw a bar for each contestant and query, as long as its ratio', () => {
    const picture = drawRatios(RESULTS) ?? '';

    const bars = [...picture.matchAll(/<rect class="(\w+)" x="\d+" y="\d+" width="([\d.]+)"/g)];
    expect(bars.map(([, kind, width]) => `${kind} ${Number(width)}`)).toEqual([
      'peer 15',
      'ours 150',
      'peer 75',
      'ours 150',
      'peer 3',
      'ours 150',
    ]);
    expect(picture).toContain('Số yêu cầu trên mỗi giây CPU của cổng');
  });

  it('draw nothing without throughput', () => {
    expect(drawRatios({ ...RESULTS, throughput: null })).toBeNull();
  });

  it('print what was measured and leave out what was not', () => {
    const page = printFigures(RESULTS);

    expect(page).toContain('2026-11-25, a machine. 50 connections');
    expect(page).toContain(
      '| Liên Thông, sharing off | **10** (10,000) | **2.0** (2,000) | **50** (50,000) | 7 | 200 |',
    );
    expect(page).toContain('500 shards take 10.0 times the CPU of 50.');
    expect(page).not.toContain('Starts and first requests');
  });
});

function measured(contestant: string, query: string, ratio: number): Throughput {
  return {
    contestant,
    query,
    ratio,
    isVaried: false,
    requestsPerSecond: ratio * 900,
    requestsPerCpuSecond: ratio * 1000,
    p50Ms: 1,
    p99Ms: 2,
    subgraphRequests: 7,
    answerBytes: 500,
  };
}

function scattered(shards: number) {
  return {
    shards,
    requestsPerSecond: 10,
    gatewayCpuMs: shards / 10,
    gatewayCpuMsPerShard: 0.1,
    p50Ms: 1,
    p99Ms: 2,
    peakMiB: 200,
  };
}

const RESULTS: Results = {
  date: '2026-11-25',
  machine: 'a machine',
  versions: { node: '26.10.0' },
  rounds: 3,
  seconds: 5,
  connections: 50,
  throughput: {
    throughput: ['small', 'medium', 'heavy'].flatMap((query, place) => [
      measured('stock', query, 1),
      measured('ours-off', query, [10, 2, 50][place] ?? 0),
    ]),
    peakMiB: { stock: 300, 'ours-off': 200 },
  },
  starts: null,
  scatter: [scattered(50), scattered(500)],
  big: null,
};
