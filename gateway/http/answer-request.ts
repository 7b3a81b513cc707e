import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../schema/runtime/logger';
import type { CorsPolicy } from './cors-policy';
import { Exchange } from './exchange';
import { answerGraphql, type GraphqlEndpointOptions } from './graphql-endpoint';
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
export function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: EdgeOptions,
): void {
  const { cors, graphql, logger } = options;
  const path = pathOf(request.url);
  if (path !== '/graphql') {
    const exchange = new Exchange(request, response, requestIdOf(request), []);
    return attempt(exchange, logger, () => answerOther(exchange, path, options));
  }
  const headers = cors.headersFor(request.headers.origin);
  const exchange = new Exchange(request, response, requestIdOf(request), headers);
  if (cors.answerPreflight(exchange)) return;
  answerGraphql(exchange, cors, graphql).then(
    (answer) => attempt(exchange, logger, () => exchange.send(answer)),
    (error: unknown) => exchange.fail(error, logger),
  );
}

function pathOf(url = '/'): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function attempt(exchange: Exchange, logger: Logger, task: () => void): void {
  try {
    task();
  } catch (error) {
    exchange.fail(error, logger);
  }
}

function answerOther(exchange: Exchange, path: string, options: EdgeOptions): void {
  const { method = '' } = exchange.request;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new RequestError(404, 'NOT_FOUND', `Nothing here takes ${method}; send GraphQL to /graphql`);
  }
  if (path === '/healthz') return exchange.sendJson(200, { status: 'alive' });
  if (path === '/readyz') {
    const readiness = readReadiness(options.readiness);
    return exchange.sendJson(readiness.status === 'ready' ? 200 : 503, readiness);
  }
  if (path === '/operations.json') return exchange.sendJson(200, options.operations);
  const sendFile = options.pageFiles(path);
  if (sendFile === null) {
    const message = 'Nothing is here: /graphql answers queries, / is the page to try them';
    throw new RequestError(404, 'NOT_FOUND', message);
  }
  exchange.sendBy(sendFile);
}
