import 'reflect-metadata';
import { projectRoot } from '../../../schema/runtime/project-root';
import { openLiveDossiers } from '../../../subgraphs/sources/sql/live/open-live-dossiers';
import { startBigSystem } from './big-system';
async function main() {
  const t0 = Date.now();
  await using big = await startBigSystem(Number(process.argv[2]), true);
  console.log('ready', Date.now() - t0);
  await using live = await openLiveDossiers(big.system, {
    env: big.env,
    baseFolder: projectRoot(),
    holidays: [],
  });
  console.log(live.problems());
  const now = '2024-06-28T03:00:00Z';
  const time = async (name: string, f: () => Promise<unknown>) => {
    const times = [];
    for (let i = 0; i < 7; i++) {
      const t = performance.now();
      await f();
      times.push(performance.now() - t);
    }
    console.log(name, times.map((t) => t.toFixed(1)).join(' '));
  };
  const page = await live.page({ criteria: {}, order: 'RECEIVED_DESC', after: null, limit: 200, now });
  await time('code', () => live.findByCodes([page[3]!.code]));
  await time('batch', () => live.findByCodes(page.map((r) => r.code)));
  await time('overdue', () =>
    live.page({
      criteria: { agencies: ['H23.X07'], timeliness: ['OVERDUE'] },
      order: 'DUE_ASC',
      after: null,
      limit: 20,
      now,
    }),
  );
  const p = { clock: 'LOCAL', from: '2023-07-01', to: '2024-06-30', now } as const;
  await time('one agency by month', () =>
    live.performance({ criteria: { agencies: ['H23.X07'] }, ...p, splitBy: null, groupBy: 'month' }),
  );
  await time('agencies by month', () =>
    live.performance({ criteria: {}, ...p, splitBy: 'agency', groupBy: 'month' }),
  );
}
void main();
