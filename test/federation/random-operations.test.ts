import '../support/as-in-production';
import { validate, parse } from 'graphql';
import { createRandom } from '../../subgraphs/province/random';
import { minimiseOperation } from '../support/minimise-operation';
import { readSamples } from '../support/operation-samples';
import { printOperation, type Selection } from '../support/operation-tree';
import { randomOperation, type RandomOperation } from '../support/random-operation';
import { findDifferences, openRivals, type Operation, type Rivals } from '../support/same-answer';
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
        if (!(await isDifferent(selections))) continue;
        throw new Error(await describeFailure(seed, selections));
      }
    },
    600_000,
  );
});

async function isDifferent(operation: RandomOperation): Promise<boolean> {
  return (await findDifferences(rivals, toOperation(operation))).length > 0;
}

function toOperation({ selections, turns, now }: RandomOperation): Operation {
  return { ...printOperation(selections), ...(turns && { turns }), ...(now !== null && { now }) };
}

async function describeFailure(seed: string, { selections, turns, now }: RandomOperation): Promise<string> {
  const isSmallerFailure = async (candidate: readonly Selection[], turning: RandomOperation['turns']) => {
    const { document } = printOperation(candidate);
    return (
      validate(rivals.monolith.schema, parse(document)).length === 0 &&
      isDifferent({ selections: candidate, turns: turning, now })
    );
  };
  // One page is easier to read than three.
  const turning = (await isSmallerFailure(selections, null)) ? null : turns;
  const smallest = await minimiseOperation(selections, (candidate) => isSmallerFailure(candidate, turning));
  const operation = toOperation({ selections: smallest, turns: turning, now });
  const differences = await findDifferences(rivals, operation);
  return [
    `Operation ${seed} has different answers. Run it alone with SEED=${seed}; the smallest that fails:`,
    operation.document,
    `variables ${JSON.stringify(operation.variables)}${turning ? `, pages turned at ${turning.join('.')}` : ''}${now === null ? '' : `, at ${now}`}`,
    ...differences
      .slice(0, 1)
      .map(
        ({ name, expected, got }) =>
          `${name}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`,
      ),
  ].join('\n');
}
