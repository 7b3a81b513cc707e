import * as zlib from 'node:zlib';
import { type SubgraphAnswer, createSubgraphCaller } from '../../gateway/transport/call-subgraph';
import { failureOf } from '../support/failure-of';
import { type FakeSystem, startFakeSystem } from '../support/fake-system';

const caller = createSubgraphCaller({ maxBodyBytes: 4 * 1024 * 1024 });
afterAll(() => caller.close());

const CODECS: [string, (text: string | Buffer) => Buffer][] = [
  ['gzip', zlib.gzipSync],
  ['x-gzip', zlib.gzipSync],
  ['deflate', zlib.deflateSync],
  ['br', zlib.brotliCompressSync],
  ['zstd', zlib.zstdCompressSync],
];

it('compressed answers are asked for', async () => {
  let accepted: unknown;
  await using system = await startFakeSystem((request, response) => {
    accepted = request.headers['accept-encoding'];
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":1}}');
  });

  await read(system);

  expect(accepted).toBe('gzip, br, zstd');
});

describe.each(CODECS)('%s', (encoding, compress) => {
  it.each([
    ['a short answer', 1],
    ['an answer of more than 256 KB', 20_000],
  ])('gives %s', async (_, count) => {
    const data = { names: Array.from({ length: count }, (__, place) => `Nguyễn Văn ${place}`) };
    await using system = await startCompressing(encoding, compress(JSON.stringify({ data })));

    expect(await read(system)).toEqual({ data });
  });

  it.each([
    ['not whole', (bytes: Buffer) => bytes.subarray(0, bytes.length - 12)],
    ['something else', () => Buffer.from('{"data":{"a":1}}')],
  ])('that is %s is a bad response', async (_, damage) => {
    const bytes = compress(JSON.stringify({ data: { names: Array.from({ length: 900 }, Math.random) } }));
    await using system = await startCompressing(encoding, damage(bytes));

    expect(await failureOf(read(system))).toMatchObject({
      kind: 'BAD_RESPONSE',
      message:
        'The system answered HTTP 200 without a GraphQL answer: its compressed body is damaged or not whole',
    });
  });

  it('with nothing in it is an empty body', async () => {
    await using system = await startCompressing(encoding, Buffer.alloc(0));

    expect((await failureOf(read(system))).message).toContain('its body is empty');
  });

  it('that unpacks to more than the limit is given up there', async () => {
    const bomb = compress(Buffer.alloc(64 * 1024 * 1024, ' '));
    await using system = await startCompressing(encoding, bomb);
    const before = process.memoryUsage().arrayBuffers;

    const failure = await failureOf(read(system));

    expect(failure).toMatchObject({
      kind: 'BAD_RESPONSE',
      message: 'The system answered more than 4194304 bytes',
    });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });
});

it('deflate may come without its frame', async () => {
  await using system = await startCompressing('deflate', zlib.deflateRawSync('{"data":{"a":1}}'));

  expect(await read(system)).toEqual({ data: { a: 1 } });
});

it('identity is no encoding', async () => {
  await using system = await startCompressing('identity', Buffer.from('{"data":{"a":1}}'));

  expect(await read(system)).toEqual({ data: { a: 1 } });
});

it.each(['compress', 'gzip, br'])('the encoding %s is refused', async (encoding) => {
  await using system = await startCompressing(encoding, Buffer.from('{"data":{"a":1}}'));

  expect(await failureOf(read(system))).toMatchObject({
    kind: 'BAD_RESPONSE',
    message:
      'The system answered HTTP 200 without a GraphQL answer: its content encoding is not gzip, deflate, br or zstd',
  });
});

it('a zstd frame that asks for a window over 8 MB is refused', async () => {
  const params = { [zlib.constants.ZSTD_c_windowLog]: 25, [zlib.constants.ZSTD_c_compressionLevel]: 19 };
  const data = { text: 'x'.repeat(3_000_000) };
  const stream = zlib.createZstdCompress({ params });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Written in parts, so that the frame does not shrink its window to a length that it knows.
  stream.write('{"data":');
  stream.end(`${JSON.stringify(data)}}`);
  await new Promise((resolve) => stream.on('end', resolve));
  await using system = await startCompressing('zstd', Buffer.concat(chunks));

  expect((await failureOf(read(system))).message).toContain('its compressed body is damaged or not whole');
});

function startCompressing(encoding: string, body: Buffer): Promise<FakeSystem> {
  return startFakeSystem((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
    response.end(body);
  });
}

function read({ url }: FakeSystem): Promise<SubgraphAnswer> {
  const request = { url, body: '{"query":"{a}"}', headers: {}, timeoutMs: 20_000 };
  return caller.call({ ...request, isMutation: false, viewerClass: null });
}
