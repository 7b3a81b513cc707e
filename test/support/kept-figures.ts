import type { DossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import type {
  PerformanceGrouping,
  PerformanceQuery,
  PerformanceRow,
} from '../../subgraphs/sources/dossiers/dossier-query';
import { KeptFigures } from '../../subgraphs/sources/figures/kept-figures';
import { withKeptFigures } from '../../subgraphs/sources/figures/with-kept-figures';
import type { LiveDossiers } from '../../subgraphs/sources/sql/live/live-dossiers';
import { SAMPLE_PROCEDURES } from './dossier-layouts';
import { randomNumbers } from './random-dossiers';

const GROUPINGS: readonly (PerformanceGrouping | null)[] = [
  null,
  'agency',
  'field',
  'procedure',
  'month',
  'channel',
];
const SPLITS = [null, null, 'agency', 'procedure'] as const;
const DAYS = [null, '2024-03-01', '2024-03-31', '2024-04-10', '2024-05-01', '2024-05-15', '2024-06-03'];

/** Questions of every kind about periods that have begun; the same seed gives the same. */
export function randomQueries(count: number, seed: number): readonly PerformanceQuery[] {
  const next = randomNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item; // Below the length.
  const some = <Item>(items: readonly Item[]) => (next() < 0.6 ? null : items.filter(() => next() < 0.5));
  const queries = Array.from({ length: count }, (): PerformanceQuery => {
    const [from, to] = [pick(DAYS), pick([...DAYS, '2024-12-31'])];
    return {
      criteria: {
        agencies: some(['H23.X01', 'H23.X02', 'H23.X04', 'H23.X99']),
        procedures: some([...SAMPLE_PROCEDURES.keys(), '9.999999', '']),
        fields: some([...SAMPLE_PROCEDURES.values(), 'Không có', '']),
        channels: some(['DIRECT', 'ONLINE', 'POSTAL'] as const),
      },
      clock: pick(['LOCAL', 'NATIONAL'] as const),
      ...(from !== null && to !== null && from > to ? { from: to, to: from } : { from, to }),
      now: pick([
        '2024-04-10T05:00:00Z',
        '2024-05-20T02:00:00Z',
        '2024-06-28T03:00:00Z',
        '2025-01-01T00:00:00Z',
      ]),
      splitBy: pick(SPLITS),
      groupBy: pick(GROUPINGS),
    };
  });
  return queries.filter(({ from, now }) => from === null || from <= now.slice(0, 10));
}

export function inAnyOrder(rows: readonly PerformanceRow[] | null): readonly PerformanceRow[] | null {
  const name = ({ split, key }: PerformanceRow) => JSON.stringify([split, key]);
  return rows && rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** Figures that read only when told to, over a clock that the test moves. */
export function figuresOf(live: LiveDossiers, mapping?: (served: DossierMapping) => DossierMapping) {
  const clock = { ms: Date.parse('2024-06-28T03:00:00Z') };
  const served = async () => {
    const system = await live.served();
    return mapping === undefined ? system : { ...system, mapping: mapping(system.mapping) };
  };
  const figures = new KeptFigures({
    served,
    everyMs: 60_000,
    fullEveryMs: 86_400_000,
    clock: () => new Date(clock.ms),
  });
  return { figures, clock, source: withKeptFigures(live, figures) };
}
