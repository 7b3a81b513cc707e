import { type GraphQLSchema, parse, validate } from 'graphql';
import { minimiseOperation } from './minimise-operation';
import { printOperation, type Selection } from './operation-tree';
import type { RandomOperation } from './random-operation';
import type { Difference, Operation } from './same-answer';

type FindDifferences = (operation: Operation) => Promise<readonly Difference[]>;

/** null for an operation that is answered the same; else the smallest part of it that is not, in words, and how to ask it again. */
export async function describeDifference(
  seed: string,
  operation: RandomOperation,
  schema: GraphQLSchema,
  find: FindDifferences,
): Promise<string | null> {
  const { selections, turns, now } = operation;
  if ((await find(toOperation(operation))).length === 0) return null;
  const isSmallerFailure = async (candidate: readonly Selection[], turning: RandomOperation['turns']) =>
    validate(schema, parse(printOperation(candidate).document)).length === 0 &&
    (await find(toOperation({ selections: candidate, turns: turning, now }))).length > 0;
  // One page is easier to read than three.
  const turning = (await isSmallerFailure(selections, null)) ? null : turns;
  const smallest = await minimiseOperation(selections, (candidate) => isSmallerFailure(candidate, turning));
  const failing = toOperation({ selections: smallest, turns: turning, now });
  const differences = await find(failing);
  return [
    `Operation ${seed} has different answers. Run it alone with SEED=${seed}; the smallest that fails:`,
    failing.document,
    `variables ${JSON.stringify(failing.variables)}${turning ? `, pages turned at ${turning.join('.')}` : ''}${now === null ? '' : `, at ${now}`}`,
    ...differences
      .slice(0, 1)
      .map(
        ({ name, expected, got }) =>
          `${name}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`,
      ),
  ].join('\n');
}

export function toOperation({ selections, turns, now }: RandomOperation): Operation {
  return { ...printOperation(selections), ...(turns && { turns }), ...(now !== null && { now }) };
}
