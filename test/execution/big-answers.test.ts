import { HeavyWork } from '../../schema/runtime/heavy-work';
import type { OperationResult } from '../../gateway/execution/operation-result';
import { Cancellation } from '../../schema/runtime/cancellation';
import { createGatewayUnderTest, type GatewayUnderTest } from '../support/gateway-under-test';
import { composeSupergraph } from '../support/plain-supergraph';

const SDL = `
  type Query { rows: [Row!] grid: [[Int!]] small: Int ties: [Tie] }
  type Row { code: String! size: Int parts: [Part!] }
  type Part { name: String! }
  type Tie { rows: [Row!] }
`;

function gatewayOver(data: Readonly<Record<string, unknown>>): GatewayUnderTest {
  return createGatewayUnderTest(composeSupergraph({ rows: SDL }), () => Promise.resolve({ data }));
}

async function run({ operations }: GatewayUnderTest, query: string): Promise<OperationResult> {
  const prepared = operations.prepare(query, undefined);
  if ('errors' in prepared) throw prepared.errors[0] ?? new Error('Not prepared');
  return prepared.execute(
    {},
    {
      requestId: 'test',
      deadlineAt: performance.now() + 60_000,
      now: '2024-06-28T03:00:00Z',
      completeness: 'any',
      viewerClass: null,
      cancellation: new Cancellation(),
      shardReport: null,
    },
  );
}

function textOf({ bytes }: OperationResult): string {
  if (bytes === undefined) throw new Error('The answer was not big enough to be written in pieces');
  return bytes.toString();
}

const row = (index: number): Record<string, unknown> => ({ code: `Mã "${index}"`, size: index });
const rows = (count: number): readonly Record<string, unknown>[] =>
  Array.from({ length: count }, (_, i) => row(i));

describe('a big answer is whole, whatever makes it big', () => {
  it.each([
    ['one list', '{ rows { code size } }', { rows: rows(100_000) }],
    [
      'a list of lists',
      '{ grid }',
      { grid: Array.from({ length: 300 }, (_, i) => Array.from({ length: 300 }, (__, j) => i * j)) },
    ],
    [
      'lists in the objects of lists',
      '{ ties { rows { code } } small }',
      {
        ties: Array.from({ length: 200 }, () => ({ rows: rows(100).map(({ code }) => ({ code })) })),
        small: 7,
      },
    ],
    [
      'long lists beside empty ones and nulls',
      '{ ties { rows { size } } rows { code parts { name } } }',
      {
        ties: [{ rows: [] }, null, { rows: rows(9_000).map(({ size }) => ({ size })) }, { rows: null }],
        rows: rows(5_000).map(({ code }, i) => ({
          code,
          parts: i % 2 === 0 ? [] : [{ name: 'x' }, { name: 'y' }],
        })),
      },
    ],
  ])('%s', async (_, query, data) => {
    const result = await run(gatewayOver(data), query);

    expect(result.errors).toBeUndefined();
    expect(textOf(result)).toBe(`${JSON.stringify({ data })}\n`);
  });

  it('with a hundred levels', async () => {
    const levels = 100;
    const sdl = 'type Query { node: Node } type Node { value: Int below: Node }';
    const nest = (depth: number): unknown => (depth === 0 ? null : { value: depth, below: nest(depth - 1) });
    const select = (depth: number): string =>
      depth === 1 ? 'value' : `value below { ${select(depth - 1)} }`;
    const data = { node: nest(levels) };
    const gateway = createGatewayUnderTest(composeSupergraph({ nodes: sdl }), () =>
      Promise.resolve({ data }),
    );

    const result = await run(gateway, `{ node { ${select(levels)} } }`);

    expect(result.errors).toBeUndefined();
    let depth = 0;
    // Objects of the answer all the way down, as selected.
    for (let node = result.data?.['node'] as { below?: unknown } | null | undefined; node; depth++) {
      node = node.below as typeof node;
    }
    expect(depth).toBe(levels);
  });
});

describe('what is wrong in a big answer', () => {
  it('is null at its place, with an error there', async () => {
    const wrong = rows(20_000).map((one, i) => (i === 15_000 ? { ...one, size: 'many' } : one));

    const { data, errors } = await run(gatewayOver({ rows: wrong }), '{ rows { code size } }');

    expect(errors).toEqual([expect.objectContaining({ path: ['rows', 15_000, 'size'] })]);
    // A list of the answer.
    expect((data?.['rows'] as unknown[])[15_000]).toEqual({ code: 'Mã "15000"', size: null });
  });

  it('takes away the list that may hold no null', async () => {
    const wrong = rows(20_000).map((one, i) => (i === 15_000 ? { ...one, code: null } : one));

    const result = await run(gatewayOver({ rows: wrong, small: 1 }), '{ rows { code } small }');

    expect(result).toEqual({
      data: { rows: null, small: 1 },
      errors: [expect.objectContaining({ path: ['rows', 15_000, 'code'] })],
    });
  });
});

it('small questions are answered while a big answer is made', async () => {
  const gateway = gatewayOver({ rows: rows(200_000), small: 1 });
  const order: string[] = [];

  const big = run(gateway, '{ rows { code size } }').then(() => order.push('big'));
  await new Promise((resolve) => setImmediate(resolve));
  const small = run(gateway, '{ small }').then(() => order.push('small'));
  await Promise.all([big, small]);

  expect(order).toEqual(['small', 'big']);
});

describe('heavy work', () => {
  it('runs one piece after the other, in turn, and hands errors to whom they belong', async () => {
    const heavyWork = new HeavyWork();
    const order: string[] = [];
    const worker = async (name: string): Promise<void> => {
      for (let piece = 0; piece < 3; piece++) await heavyWork.do(() => order.push(name));
    };

    await Promise.all([worker('a'), worker('b'), expect(heavyWork.do(fails)).rejects.toThrow('broken')]);

    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });
});

function fails(): never {
  throw new Error('broken');
}
