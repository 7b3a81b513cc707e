import '../support/as-in-production';
import { createRandom } from '../../subgraphs/province/random';
import { describeDifference } from '../support/describe-difference';
import { readSamples } from '../support/operation-samples';
import { randomOperation } from '../support/random-operation';
import { findDifferences, openRivals, type Rivals } from '../support/same-answer';
import { createTestProvince } from '../support/test-province';

const BATCHES = 10;
const PER_BATCH = Number(process.env['LONG'] ? 400 : (process.env['PER_BATCH'] ?? 31));
/** One operation again: SEED='3/17' runs the 17th of the third batch alone. */
const ONLY = process.env['SEED'];

let rivals: Rivals;
beforeAll(async () => {
  const province = createTestProvince({ seed: 'random operations', count: 500 });
  const everyone = province.agencies.map(({ code }) => code);
  rivals = await openRivals(province, {
    one: { systems: 1 },
    three: { systems: 3, spanning: everyone.filter((_, place) => place % 3 === 0) },
    nine: { systems: 9, spanning: everyone },
    forty: { systems: 40, spanning: everyone.filter((_, place) => place % 2 === 0) },
  });
});
afterAll(() => rivals[Symbol.asyncDispose]());

describe('random operations have one answer, however the rows are split', () => {
  it.each(Array.from({ length: BATCHES }, (_, batch) => batch))(
    'batch %i',
    async (batch) => {
      const samples = readSamples(rivals.province);
      for (let number = 0; number < PER_BATCH; number++) {
        const seed = `${batch}/${number}`;
        if (ONLY !== undefined && ONLY !== seed) continue;
        const selections = randomOperation(rivals.monolith.schema, samples, createRandom(seed));
        const failure = await describeDifference(seed, selections, rivals.monolith.schema, (one) =>
          findDifferences(rivals, one),
        );
        if (failure !== null) throw new Error(failure);
      }
    },
    600_000,
  );
});
