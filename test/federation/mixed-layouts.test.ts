import { createRandom } from '../../subgraphs/province/random';
import { asKept } from '../support/as-kept';
import { readSamples } from '../support/operation-samples';
import { printOperation } from '../support/operation-tree';
import { randomOperation } from '../support/random-operation';
import { askFederated, askMonolith, openRivals, type Operation, type Rivals } from '../support/same-answer';
import { createTestProvince } from '../support/test-province';

let rivals: Rivals;
beforeAll(async () => {
  const province = createTestProvince({ seed: 'mixed layouts', count: 400 });
  rivals = await openRivals(province, {
    mixed: { systems: 9, layouts: ['A', 'B', 'D'], spanning: province.agencies.map(({ code }) => code) },
  });
});
afterAll(() => rivals[Symbol.asyncDispose]());

async function expectSame(operation: Operation): Promise<void> {
  const [mixed] = rivals.splits;
  if (!mixed) throw new TypeError('There is one split');
  const expected = await askMonolith(rivals, operation);
  const got = await askFederated(mixed.federated, operation);
  expect({ operation, ...got }).toEqual({ operation, ...expected, data: asKept(expected.data, got.data) });
}

it('answers random operations by the local clock from three layouts as from one', async () => {
  const samples = readSamples(rivals.province);
  let asked = 0;
  for (let number = 0; asked < Number(process.env['N'] ?? 60); number++) {
    const operation = printOperation(
      randomOperation(rivals.monolith.schema, samples, createRandom(`mixed ${number}`)).selections,
    );
    // The national clock needs supplements.
    if (/NATIONAL/.test(JSON.stringify(operation))) continue;
    asked += 1;
    await expectSame(operation);
  }
});

it('answers every field of every dossier, and every figure by the local clock', async () => {
  await expectSame({
    document: `{
      dossiers(first: 200) { totalCount edges { cursor node {
        code aliases procedure { code name } receivingAgency { code } handlingAgency { code } field status statusNumber channel
        submittedAt receivedAt dueAt finishedAt returnedAt refusedAt isSynthetic supplements { requestedAt completedAt } steps { at status unit }
        timeliness { clock result reason dueAt endedAt }
      } } }
      performance {
        received carriedOver receivedDirect receivedOnline receivedPostal finished finishedEarly finishedOnTime finishedLate finishedUndetermined
        inProgress inProgressWithin inProgressOverdue inProgressUndetermined ratedOnTime rated onTimeRate workingDays meanWorkingDays
        byMonth { month received onTimeRate } byChannel { channel received } byField { field finishedLate } byAgency { agency { code } rated }
      }
      procedures(first: 200, orderBy: CODE_ASC) { totalCount edges { cursor node {
        code hasLocalCode name field levels isEitherLevel channels { channel time { value unit } fee { minVnd maxVnd } } time { value unit }
        fee { minVnd maxVnd } workingDays isOnlineAvailable onlineLevel legalBasis decision result applicants agency { code }
        implementingAgencies { code } performingAgencyInSource issues { code detail } era source certainty
      } } }
    }`,
  });
});

it('says by the national clock what it cannot know, and is right where it knows', async () => {
  const document = `{ dossiers(first: 200, orderBy: DUE_DESC) { edges { node { code supplements { requestedAt } timeliness(clock: NATIONAL) { result reason rule } } } } }`;
  interface Answer {
    readonly dossiers: {
      readonly edges: readonly {
        readonly node: {
          readonly code: string;
          readonly supplements: unknown;
          readonly timeliness: { readonly result: string | null; readonly reason: string | null };
        };
      }[];
    };
  }
  const read = (data: unknown) => (data as Answer).dossiers.edges.map(({ node }) => node);
  const expected = read((await askMonolith(rivals, { document })).data);
  const [mixed] = rivals.splits;
  const got = mixed ? read((await askFederated(mixed.federated, { document })).data) : [];
  const known = got.filter(({ timeliness }) => timeliness.reason !== 'SUPPLEMENTS_UNKNOWN');
  expect(known.length).toBeGreaterThan(0);
  for (const node of got) {
    const whole = expected.find(({ code }) => code === node.code);
    if (node.supplements !== null) expect(node).toEqual(whole);
    else
      expect(node.timeliness).toEqual(
        known.includes(node)
          ? whole?.timeliness
          : { result: null, reason: 'SUPPLEMENTS_UNKNOWN', rule: null },
      );
  }
});
