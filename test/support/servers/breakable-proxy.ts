import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server on loopback that a test can break and mend. */
export interface BreakableProxy extends AsyncDisposable {
  readonly port: number;
  /** Ends every connection, and refuses new ones. */
  cut(): Promise<void>;
  /** Lets what is sent vanish: nobody answers, nobody refuses. */
  swallow(): void;
  mend(): Promise<void>;
}

export async function startBreakableProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<BreakableProxy> {
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    track(client);
    track(upstream);
    client.on('data', (bytes) => isSwallowing || upstream.write(bytes));
    upstream.on('data', (bytes) => isSwallowing || client.write(bytes));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      // Listening on TCP, so the address is one.
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  const port = await listen(0);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    port,
    cut: close,
    swallow: () => (isSwallowing = true),
    async mend() {
      isSwallowing = false;
      if (!server.listening) await listen(port);
    },
    [Symbol.asyncDispose]: close,
  };
}
