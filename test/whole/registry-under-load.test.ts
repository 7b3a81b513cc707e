import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { recordedIo } from '../support/command-io';
import { startHttpProvince } from '../support/http-province';
import { splitProvince } from '../support/split-province';
import { type Answer, startTestGateway, type TestGateway } from '../support/test-gateway';
import { createTestProvince } from '../support/test-province';

const SYSTEMS = 4;
/** The one that comes and goes. */
const NAME = 'he-thong-04';
const CYCLES = process.env['LONG'] === '1' ? 200 : 12;
const ASKERS = 8;

/** Of several fetches each, so that an answer of two registries would agree with neither. */
const OPERATIONS = [
  {
    query:
      '{ dossiers(first: 7) { totalCount edges { node { code receivingAgency { code performance { received } } } } } }',
  },
  {
    query:
      '{ performance { received finished } procedures(first: 3) { totalCount edges { node { code performance { received } } } } }',
  },
  {
    query: `query ($with: Boolean = true) { agencies(filter: { level: PROVINCE }) { code dossiers(first: 2) { totalCount edges { node { code } } }
      procedures(first: 1) @include(if: $with) { totalCount } performance { received } } dossiers { totalCount } }`,
  },
  {
    query:
      'query ($code: ID!) { dossier(code: $code) { code procedure { code name } receivingAgency { code dossiers { totalCount } } } }',
    ofRow: true,
  },
];

interface Asked {
  readonly operation: number;
  readonly text: string;
  /** What the registry may have been: between what every gateway had adopted when it was asked and what was written when it came. */
  readonly from: number;
  readonly to: number;
}

it('drops no request and answers none wrong while a system is added, drained and removed', async () => {
  const province = createTestProvince({ seed: 'load', count: 400 });
  const share = splitProvince(province, { systems: SYSTEMS })[SYSTEMS - 1];
  if (share === undefined) throw new Error('The province was not split');
  await using running = await startHttpProvince(province, { systems: SYSTEMS });
  await using gateway = await startTestGateway({
    supergraph: join(projectRoot(), 'schema', 'supergraph.graphql'),
    registry: running.registry,
    deadlineMs: 30_000,
    callTimeoutMs: 20_000,
  });
  const onboard = async (...args: readonly string[]): Promise<void> => {
    const io = recordedIo();
    const waiting = ['--registry', running.registry, '--wait', '--gateway', gateway.url];
    const exitCode = await runOnboard([...args, ...waiting], io);
    if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${exitCode}: ${io.err()}${io.out()}`);
  };
  const agencies = [...new Set([...share.holds.procedures, ...share.holds.dossiers])].join(',');
  const origin = new URL(running.systems[SYSTEMS - 1]?.url ?? '').origin;
  const steps = [
    () =>
      onboard(
        ...['add', '--system', NAME, '--agencies', agencies, '--subgraph', 'procedures,dossiers'],
        ...['--url', origin, '--position', 'before:he-thong-02'],
      ),
    () => onboard('drain', NAME),
    () => onboard('remove', NAME, '--yes'),
  ];
  const code = share.dossiers[0]?.code ?? '';
  const ask = async (operation: number): Promise<string> => {
    const { query, ofRow = false } = OPERATIONS[operation] ?? { query: '' };
    const text = toText(await gateway.post({ query, variables: ofRow ? { code } : {} }));
    // Of a row that nobody had a moment ago nobody is asked again: how many were differs.
    return ofRow ? text.replace(/"total":\d+,"answered":\d+/g, '') : text;
  };

  // At rest: the answers that there are, one list for each state of the registry.
  await onboard('remove', NAME, '--now', '--yes');
  const states: string[][] = [];
  for (const step of steps) {
    await step();
    states.push(await Promise.all(OPERATIONS.map((_, operation) => ask(operation))));
  }
  // Else the test could not tell one registry from another.
  for (const operation of OPERATIONS.keys())
    expect(new Set(states.map((answers) => answers[operation])).size).toBe(states.length);
  expect(states[0]?.some((text) => text.includes('SHARD_'))).toBe(false);
  expect(states[1]?.every((text) => text.includes('"code":"SHARD_DRAINING"'))).toBe(true);

  let [adopted, written] = [2, 2];
  let isOver = false;
  const asked: Asked[] = [];
  const askers = Array.from({ length: ASKERS }, async (_, asker) => {
    for (let turn = asker; !isOver; turn++) {
      const operation = turn % OPERATIONS.length;
      const from = adopted;
      asked.push({ operation, text: await ask(operation), from, to: written });
    }
  });
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    for (const step of steps) {
      written += 1;
      await step();
      adopted = written;
    }
  }
  isOver = true;
  await Promise.all(askers);

  const wrong = asked.filter(({ operation, text, from, to }) => {
    const possible = Array.from({ length: to - from + 1 }, (_, i) => states[(from + i) % states.length]);
    return !possible.some((answers) => answers?.[operation] === text);
  });
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(asked.length).toBeGreaterThan(CYCLES * ASKERS);
  expect(failures(gateway)).toEqual([]);
}, 60_000);

function toText({ status, body }: Answer): string {
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return JSON.stringify(body);
}

/** A system that is taken out as it should be never fails. */
function failures({ log }: TestGateway): readonly string[] {
  return log.filter((line) => line.includes('a system failed') || line.includes('failed inside'));
}
