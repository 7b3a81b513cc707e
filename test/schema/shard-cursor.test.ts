import fc from 'fast-check';

import { InvalidCursorError } from '../../schema/invalid-cursor-error';
import { comparePositions, decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import type { PositionValue, ShardPosition } from '../../schema/shard-cursor';

const anyValue = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.constant(null),
);
const positionsOf = (order: string): fc.Arbitrary<ShardPosition> =>
  fc.record({
    order: fc.constant(order),
    values: fc.array(anyValue, { maxLength: 3 }),
    agency: fc.string({ unit: 'binary' }),
    code: fc.string({ unit: 'grapheme' }),
  });

describe('the cursor between gateway and shard', () => {
  it('is base64url JSON that every language can write', () => {
    const position = at('DUE_ASC', ['2024-06-28T03:00:00Z', null, 3], 'H23.X04', 'H23.X04-240101-0001');

    expect(JSON.parse(Buffer.from(encodeShardCursor(position), 'base64url').toString())).toEqual([
      'DUE_ASC',
      '2024-06-28T03:00:00Z',
      null,
      3,
      'H23.X04',
      'H23.X04-240101-0001',
    ]);
  });

  it('gives back what went in', () => {
    fc.assert(
      fc.property(positionsOf('NAME_DESC'), (position) => {
        expect(decodeShardCursor(encodeShardCursor(position))).toEqual(position);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no base64url', 'a b+/='],
    ['no JSON', base64url('hello')],
    ['no list', base64url('{"order":"DUE_ASC"}')],
    ['too few items', base64url('["DUE_ASC","H23.X04"]')],
    ['no order', base64url('[1,"H23.X04","c"]')],
    ['an order without direction', base64url('["DUE","H23.X04","c"]')],
    ['an agency that is no text', base64url('["DUE_ASC",null,"c"]')],
    ['a value that is no scalar', base64url('["DUE_ASC",{"a":1},"H23.X04","c"]')],
    ['broken UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString('base64url')],
    ['a page of text', 'A'.repeat(100_000)],
  ])('refuses %s', (_what, text) => {
    expect(() => decodeShardCursor(text)).toThrow(InvalidCursorError);
  });
});

describe('comparePositions', () => {
  it.each([
    ['DUE_ASC', ['2024-01-01T00:00:00Z', '2024-06-01T00:00:00Z', null]],
    ['DUE_DESC', ['2024-06-01T00:00:00Z', '2024-01-01T00:00:00Z', null]],
    ['SCORE_ASC', [-1, 2, 10, null]],
    ['SCORE_DESC', [10, 2, -1, null]],
    ['NAME_ASC', ['a', '\uFFFD', '\u{1F600}']],
  ] satisfies [string, PositionValue[]][])('orders %s as %j, nulls last', (order, values) => {
    const sorted = values.map((value) => at(order, [value], 'H23', 'c'));

    expect(sorted.toReversed().sort(comparePositions)).toEqual(sorted);
  });

  it.each(['DUE_ASC', 'DUE_DESC'])('breaks ties of %s by agency, then code, ascending', (order) => {
    const sorted = [
      at(order, [null], 'H23.X01', 'b'),
      at(order, [null], 'H23.X02', 'a'),
      at(order, [null], 'H23.X02', 'c'),
    ];

    expect(sorted.toReversed().sort(comparePositions)).toEqual(sorted);
  });

  it.each(['X_ASC', 'X_DESC'])('orders %s totally', (order) => {
    const position = positionsOf(order);
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(Math.sign(comparePositions(a, b)) + Math.sign(comparePositions(b, a))).toBe(0);
        if (comparePositions(a, b) <= 0 && comparePositions(b, c) <= 0) {
          expect(comparePositions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('does not compare positions of different orders', () => {
    expect(() => comparePositions(at('DUE_ASC', [], 'a', 'b'), at('DUE_DESC', [], 'a', 'b'))).toThrow(
      'different orders',
    );
  });
});

function at(order: string, values: readonly PositionValue[], agency: string, code: string): ShardPosition {
  return { order, values, agency, code };
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
