import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
}

export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  const error: GraphQLFormattedError = { message, extensions: { code } };
  sendJson(response, status, { errors: [error] });
}

/** All that a client learns of a fault of ours: where to find it in the log. */
export function internalError(requestId: string): GraphQLFormattedError {
  return { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
}
