import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  closed,
  listening,
  readCall,
  type RunningService,
  type ServiceCall,
  type ServiceHandler,
  type ServiceReply,
} from '../../../subgraphs/province/services/service-server';

/** A reply cut off in its middle; one that never comes; one packed by gzip. */
export type FaultyReply =
  ServiceReply | 'hang' | { readonly cut: ServiceReply } | { readonly gzip: ServiceReply };

/** Stands between a service and its caller. */
export type Fault = (call: ServiceCall, answer: (call: ServiceCall) => ServiceReply) => FaultyReply;

export interface FaultyService extends RunningService {
  /** Every call so far, also those that a fault answered. */
  readonly calls: readonly ServiceCall[];
  /** From now on; null: behaves. */
  misbehave(fault: Fault | null): void;
}

/** A real HTTP server that notes what it is asked and misbehaves as told. */
export async function startFaultyService(handler: ServiceHandler): Promise<FaultyService> {
  const calls: ServiceCall[] = [];
  let fault: Fault | null = null;
  const server = createServer((request, response) => {
    readCall(request, '127.0.0.1')
      .then((call) => {
        calls.push(call);
        return fault === null ? handler(call) : fault(call, handler);
      })
      .catch((error: unknown) => ({ status: 500, type: 'text/plain', body: String(error) }))
      .then((reply) => send(reply, response))
      .catch(() => response.destroy());
  });
  const url = await listening(server, '127.0.0.1', 0);
  return {
    url,
    calls,
    misbehave: (next) => (fault = next),
    [Symbol.asyncDispose]: () => closed(server),
  };
}

function send(reply: FaultyReply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if ('gzip' in reply) {
    const { status, type, body } = reply.gzip;
    response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(body));
    return;
  }
  if ('cut' in reply) {
    const { status, type, body } = reply.cut;
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
    return;
  }
  const { status, type, body } = reply;
  const location = status >= 300 && status < 400 ? { location: body } : {};
  response.writeHead(status, { 'content-type': type, ...location }).end(body);
}

export const HTML_PAGE: ServiceReply = {
  status: 200,
  type: 'text/html; charset=utf-8',
  body: '<!DOCTYPE html><html><body><form action="/dang-nhap">Xin chào Nguyễn Văn A</form></body></html>',
};
