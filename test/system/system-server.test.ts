import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createLogger } from '../../schema/runtime/logger';
import { startSystemServer } from '../../subgraphs/system/system-server';

describe('a system that is told to listen where somebody else does', () => {
  it('says which system, which port, and the way out', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    // A server that listens on TCP has an AddressInfo.
    const { port } = other.address() as AddressInfo;

    const starting = startSystemServer({
      system: 'tu-phap',
      subgraphs: {},
      holdings: {},
      host: '127.0.0.1',
      port,
      now: () => '2024-06-28T03:00:00Z',
      logger: createLogger({ level: 'silent', write: () => undefined }),
    });

    await expect(starting).rejects.toThrow(
      `The system "tu-phap" cannot listen on 127.0.0.1:${port}: the port is in use. Stop the other process, or choose another LIENTHONG_SYSTEMS_PORT`,
    );
    other.close();
  });
});
