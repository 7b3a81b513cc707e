import { BadInputError } from '../../schema/runtime/coded-error';
import { type Answer, writeBody } from './answer';
import type { Client, OperationAnswerer } from './answer-operation';
import { readGraphqlRequest } from './read-graphql-request';
import { RequestError } from './request-error';

/**
 * Several operations in one request: each is answered as alone, in their order; all run at once.
 *
 * @param maxOperations null takes no lists.
 * @throws RequestError naming the limit.
 */
export async function answerBatch(
  items: readonly unknown[],
  maxOperations: number | null,
  client: Client,
  answerer: OperationAnswerer,
): Promise<Answer> {
  requireAllowed(items.length, maxOperations);
  const answers = await Promise.all(items.map((item) => answerItem(item, client, answerer)));
  const bodies = answers.map((body) => body.toString().trimEnd());
  return { status: 200, contentType: client.mediaType.contentType, body: `[${bodies.join(',')}]\n` };
}

function requireAllowed(count: number, maxOperations: number | null): void {
  if (maxOperations === null) {
    const message = 'Several operations in one request are not taken here: send each by itself';
    throw new RequestError(400, 'BAD_REQUEST', message);
  }
  if (count === 0) throw new RequestError(400, 'BAD_REQUEST', 'The list has no operations');
  if (count <= maxOperations) return;
  const message = `The request has ${count} operations; at most ${maxOperations} are taken in one`;
  throw new RequestError(400, 'BAD_REQUEST', message);
}

async function answerItem(
  item: unknown,
  client: Client,
  answerer: OperationAnswerer,
): Promise<string | Buffer> {
  try {
    const request = readGraphqlRequest(item);
    const { query, operationName, variables, hash } = request;
    const identity = JSON.stringify([query, operationName, variables, hash]);
    const own = withOwnReport(client);
    return (await (answerer.join(identity, own) ?? answerer.answer(request, identity, own))).body;
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    const { message, code } = error;
    return writeBody({ errors: [{ message, extensions: { code } }] });
  }
}

/** What one operation lacks is not said of its neighbours. */
function withOwnReport(client: Client): Client {
  const { context } = client;
  return { ...client, context: { ...context, shardReport: context.shardReport?.another() ?? null } };
}
