import { createRandom } from '../../subgraphs/province/random';
import { asKept } from '../support/as-kept';
import { describeDifference } from '../support/describe-difference';
import type { HouseName } from '../support/houses/houses';
import { houseProvince, houseSplit } from '../support/houses/province-houses';
import { readSamples } from '../support/operation-samples';
import { randomOperation } from '../support/random-operation';
import { findDifferences, openRivals, type Operation, type Rivals } from '../support/same-answer';
import { SERVER_START_MS } from '../support/servers/shared-server';
import { createTestProvince } from '../support/test-province';

const OPERATIONS = Number(process.env['LONG'] ? 600 : (process.env['N'] ?? 60));
/** One operation again: SEED=17 runs the 17th alone. */
const ONLY = process.env['SEED'];

const ALL_KINDS: readonly HouseName[] = [
  'SQLite A live',
  'PostgreSQL A live',
  'MariaDB B live',
  'REST C',
  'REST D',
  'SOAP G',
  'CSV F',
  'XLSX F',
  'PostgreSQL A copied',
  'SQLite D live',
];
/** They know by the national clock too. */
const KEEPING_ALL: readonly HouseName[] = [
  'SQLite A live',
  'PostgreSQL A live',
  'REST C',
  'REST D',
  'SOAP G',
  'SQLite A copied',
];

const systems = new AsyncDisposableStack();
let rivals: Rivals;
beforeAll(async () => {
  const province = houseProvince(createTestProvince({ seed: 'mixed sources', count: 400 }));
  rivals = await openRivals(province, {
    everyKind: houseSplit(province, ALL_KINDS, systems),
    keepingAll: houseSplit(province, KEEPING_ALL, systems),
  });
}, SERVER_START_MS);
afterAll(async () => {
  await rivals[Symbol.asyncDispose]();
  await systems.disposeAsync();
});

async function differences(operation: Operation) {
  const [everyKind, keepingAll] = rivals.splits;
  if (!everyKind || !keepingAll) throw new TypeError('There are two splits');
  const { monolith } = rivals;
  // Where supplements are not kept the national clock cannot tell.
  const needsSupplements = /NATIONAL/.test(JSON.stringify(operation));
  return [
    ...(await findDifferences({ monolith, splits: [keepingAll] }, operation)),
    ...(needsSupplements ? [] : await findDifferences({ monolith, splits: [everyKind] }, operation, asKept)),
  ];
}

it('answers random operations from systems of every kind as from one database', async () => {
  const samples = readSamples(rivals.province);
  for (let number = 0; number < OPERATIONS; number++) {
    const seed = String(number);
    if (ONLY !== undefined && ONLY !== seed) continue;
    const { schema } = rivals.monolith;
    const operation = randomOperation(schema, samples, createRandom(`mixed sources ${seed}`));
    const failure = await describeDifference(seed, operation, schema, differences);
    if (failure !== null) throw new Error(failure);
  }
}, 600_000);

it.each(['LOCAL', 'NATIONAL'])('answers every field and figure by the clock %s', async (clock) => {
  const document = `{
    dossiers(first: 200) { totalCount edges { cursor node {
      code aliases procedure { code name } receivingAgency { code } handlingAgency { code } field status statusNumber channel
      submittedAt receivedAt dueAt finishedAt returnedAt refusedAt isSynthetic
      supplements { requestedAt completedAt dueBefore dueAfter } steps { at status unit dueAt }
      timeliness(clock: ${clock}) { clock result reason rule dueAt endedAt }
    } } }
    performance(clock: ${clock}) {
      received carriedOver receivedDirect receivedOnline receivedPostal finished finishedEarly finishedOnTime finishedLate finishedUndetermined
      inProgress inProgressWithin inProgressOverdue inProgressUndetermined ratedOnTime rated onTimeRate workingDays meanWorkingDays
      byMonth { month received onTimeRate } byChannel { channel received } byField { field finishedLate } byAgency { agency { code } rated }
    }
    procedures(first: 200, orderBy: CODE_ASC) { totalCount edges { cursor node {
      code hasLocalCode name field levels isEitherLevel channels { channel time { value unit } fee { minVnd maxVnd } } time { value unit }
      fee { minVnd maxVnd } workingDays isOnlineAvailable onlineLevel legalBasis decision result applicants agency { code }
      implementingAgencies { code } performingAgencyInSource issues { code detail } era source certainty
    } } }
  }`;
  for (const { name, expected, got } of await differences({ document })) {
    expect({ name, got }).toEqual({ name, got: expected });
    throw new Error(`${name} differs in the order of keys`);
  }
});
