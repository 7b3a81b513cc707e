import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadInputError } from '../../schema/runtime/coded-error';
import type { Logger } from '../../schema/runtime/logger';
import type { CorsPolicy } from './cors-policy';
import { answerGraphql, type GraphqlEndpointOptions } from './graphql-endpoint';
import { internalError, sendError, sendJson } from './json-answer';
import type { PageFiles } from './page-files';
import type { PageOperation } from './read-operations';
import { type ReadinessCheck, readReadiness } from './readiness';
import { RequestError } from './request-error';
import { requestIdOf } from './request-id';

export interface EdgeOptions {
  readonly graphql: GraphqlEndpointOptions;
  readonly readiness: readonly ReadinessCheck[];
  readonly cors: CorsPolicy;
  readonly pageFiles: PageFiles;
  readonly operations: readonly PageOperation[];
  readonly logger: Logger;
}

/** Every request of the edge; never throws and always answers. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: EdgeOptions,
): Promise<void> {
  const requestId = requestIdOf(request);
  response.setHeader('x-request-id', requestId);
  response.setHeader('x-content-type-options', 'nosniff');
  try {
    await route(request, response, requestId, options);
  } catch (error) {
    if (error instanceof BadInputError) refuse(request, response, error);
    else fail(response, requestId, error, options.logger);
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  options: EdgeOptions,
): Promise<void> {
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  if (path === '/graphql') {
    const isAnswered = await options.cors(request, response);
    if (!isAnswered) await answerGraphql(request, response, requestId, options.graphql);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new RequestError(
      404,
      'NOT_FOUND',
      `Nothing here takes ${request.method ?? ''}; send GraphQL to /graphql`,
    );
  }
  if (path === '/healthz') return sendJson(response, 200, { status: 'alive' });
  if (path === '/readyz') {
    const readiness = readReadiness(options.readiness);
    return sendJson(response, readiness.status === 'ready' ? 200 : 503, readiness);
  }
  if (path === '/operations.json') return sendJson(response, 200, options.operations);
  if (!options.pageFiles(path, response)) {
    throw new RequestError(
      404,
      'NOT_FOUND',
      'Nothing is here: /graphql answers queries, / is the page to try them',
    );
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, error: BadInputError): void {
  if (response.headersSent) return void response.destroy();
  if (!request.complete) letGo(request);
  sendError(response, error instanceof RequestError ? error.status : 400, error.code, error.message);
}

const LINGER_MS = 2000;

/**
 * The rest of a refused body is thrown away for a moment, because a connection closed while the client still writes takes our
 * answer with it (so no `connection: close` either: Node would close as soon as the answer is out); then it is cut.
 */
function letGo(request: IncomingMessage): void {
  request.resume();
  const cut = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(cut));
}

function fail(response: ServerResponse, requestId: string, error: unknown, logger: Logger): void {
  logger.error('A request failed inside', { requestId, error });
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, { errors: [internalError(requestId)] });
}
