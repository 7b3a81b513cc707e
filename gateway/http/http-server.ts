import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '../../schema/runtime/coded-error';

export interface HttpServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** The address cannot be listened on; the message says what to do. */
export class ListenError extends CodedError {
  constructor(host: string, port: number, cause: Error) {
    super(`Cannot listen on ${host}:${port}: ${describe(cause, port)}`, 'LISTEN_FAILED', cause);
  }
}

/** How long a stopping server waits for requests it has already taken. */
const DRAIN_MS = 5000;

/** @throws ListenError when the port is taken or the host is not ours. */
export async function startHttpServer(
  { host, port }: { readonly host: string; readonly port: number },
  answer: RequestListener,
): Promise<HttpServer> {
  // A client that trickles its request in holds nothing for longer than this.
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(host, port, error)));
    server.listen(port, host, resolve);
  });
  // A server that listens on TCP has an AddressInfo.
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${isIPv6Text(host) ? `[${host}]` : host}:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(cut);
    },
  };
}

function describe(cause: Error, port: number): string {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return `port ${port} is in use. Stop the other process, or choose another port with --port or PORT`;
  }
  if (code === 'EACCES') return `port ${port} needs rights this process does not have. Choose one above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'this machine has no such address. Check HOST';
  return cause.message;
}

function isIPv6Text(host: string): boolean {
  return host.includes(':');
}
