import { type SubgraphAnswer, SubgraphCallError } from '../../gateway/transport/call-subgraph';

/** How a call failed; throws when it did not, or in a way that a caller never sees. */
export async function failureOf(answer: Promise<SubgraphAnswer>): Promise<SubgraphCallError> {
  const error: unknown = await answer.catch((reason: unknown) => reason);
  if (!(error instanceof SubgraphCallError)) throw new Error('The call did not fail', { cause: error });
  return error;
}
