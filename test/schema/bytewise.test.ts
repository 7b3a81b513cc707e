import fc from 'fast-check';

import { compareBytewise } from '../../schema/bytewise';

describe('compareBytewise', () => {
  it('orders text as its UTF-8 bytes do, also beyond U+FFFF', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(compareBytewise(a, b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts a character beyond U+FFFF after U+FFFD, where UTF-16 order would not', () => {
    expect(compareBytewise('\u{1F600}', '\uFFFD')).toBe(1);
    expect('\u{1F600}' < '\uFFFD').toBe(true);
  });

  it('puts a text before every longer one that starts with it', () => {
    expect(compareBytewise('H23', 'H23.X01')).toBe(-1);
    expect(compareBytewise('H23.X01', 'H23')).toBe(1);
  });
});
