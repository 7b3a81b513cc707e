import { createCursorSigner, hashArguments, requireCursorFits } from '../../schema/client-cursor';
import type { ClientCursor } from '../../schema/client-cursor';
import { InvalidCursorError } from '../../schema/invalid-cursor-error';
import { thrownBy } from '../support/thrown-by';

const OLD_KEY = { id: '2024', secret: 'an old secret of many letters' };
const NEW_KEY = { id: '2025', secret: 'a new secret of many letters' };
const CURSOR: ClientCursor = {
  position: {
    order: 'DUE_ASC',
    values: ['2024-06-28T03:00:00Z', null],
    agency: 'H23.X04',
    code: 'H23.X04-240101-0001',
  },
  coordinate: 'Agency.dossiers',
  parent: 'H23.X04',
  argumentsHash: hashArguments({ orderBy: 'DUE_ASC' }),
  now: '2024-06-28T03:00:00Z',
  missing: ['tu-phap'],
};

describe('createCursorSigner', () => {
  const signer = createCursorSigner([OLD_KEY]);

  it('opens what it sealed', () => {
    expect(signer.open(signer.seal(CURSOR))).toEqual(CURSOR);
    expect(signer.open(signer.seal({ ...CURSOR, parent: null, missing: [] }))).toEqual({
      ...CURSOR,
      parent: null,
      missing: [],
    });
  });

  it('keeps the cursor short and free of its secret', () => {
    const text = signer.seal(CURSOR);

    expect(text).toMatch(/^[A-Za-z0-9_-]{1,300}$/);
    expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('refuses every edit of one character', () => {
    const text = signer.seal(CURSOR);
    const edits = [...text].flatMap((old, i) =>
      ['A', 'B', 'z', '_', '']
        .filter((other) => other !== old)
        .map((other) => text.slice(0, i) + other + text.slice(i + 1)),
    );

    const accepted = edits.filter((edit) => reasonOf(() => signer.open(edit)) === null);

    expect(accepted).toEqual([]);
  });

  it('refuses every edit of one byte or bit', () => {
    const bytes = Buffer.from(signer.seal(CURSOR), 'base64url');
    const edits = [...bytes.keys()].flatMap((i) =>
      [1, 0x80, 0xff].map((mask) =>
        Buffer.from(bytes.map((byte, at) => (at === i ? byte ^ mask : byte))).toString('base64url'),
      ),
    );

    const accepted = edits.filter((edit) => reasonOf(() => signer.open(edit)) === null);

    expect(accepted).toEqual([]);
  });

  it.each([
    ['nothing', '', 'GARBLED'],
    ['text', 'not a cursor!', 'GARBLED'],
    ['a few bytes', 'AQID', 'GARBLED'],
    ['an offset of another API', Buffer.from('arrayconnection:19').toString('base64url'), 'OTHER_VERSION'],
    ['a huge text', 'A'.repeat(1_000_000), 'GARBLED'],
  ])('refuses %s', (_what, text, reason) => {
    expect(reasonOf(() => signer.open(text))).toBe(reason);
  });

  it('refuses a cursor of another installation, also under the same key id', () => {
    const foreign = createCursorSigner([{ id: 'other', secret: OLD_KEY.secret }]).seal(CURSOR);
    const forged = createCursorSigner([{ id: OLD_KEY.id, secret: 'guessed' }]).seal(CURSOR);

    expect(reasonOf(() => signer.open(foreign))).toBe('FOREIGN');
    expect(reasonOf(() => signer.open(forged))).toBe('EDITED');
  });

  it('rotates: the first key signs, both verify, a dropped one does not', () => {
    const rotated = createCursorSigner([NEW_KEY, OLD_KEY]);
    const onlyNew = createCursorSigner([NEW_KEY]);
    const old = signer.seal(CURSOR);

    expect(rotated.open(old)).toEqual(CURSOR);
    expect(onlyNew.open(rotated.seal(CURSOR))).toEqual(CURSOR);
    expect(reasonOf(() => onlyNew.open(old))).toBe('FOREIGN');
  });

  it('refuses to start without a key, or with two of one id', () => {
    expect(() => createCursorSigner([])).toThrow('at least one key');
    expect(() => createCursorSigner([OLD_KEY, { ...NEW_KEY, id: OLD_KEY.id }])).toThrow('same id');
  });
});

describe('requireCursorFits', () => {
  it('accepts the place the cursor was made for', () => {
    expect(() => requireCursorFits(CURSOR, CURSOR)).not.toThrow();
  });

  it.each([
    ['OTHER_COORDINATE', { coordinate: 'Query.dossiers' }, 'another field'],
    ['OTHER_PARENT', { parent: 'H23.X05' }, 'another object'],
    ['OTHER_ARGUMENTS', { argumentsHash: hashArguments({ orderBy: 'DUE_DESC' }) }, 'other arguments'],
  ])('refuses it elsewhere: %s', (reason, change, words) => {
    const use = () => requireCursorFits(CURSOR, { ...CURSOR, ...change });

    expect(reasonOf(use)).toBe(reason);
    expect(use).toThrow(words);
    expect(thrownBy(use)).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('hashArguments', () => {
  const filter = { agencies: ['H23.X04', 'H23.X05'], status: null };

  it.each([
    [
      'the order of names',
      { filter, orderBy: 'DUE_ASC' },
      { orderBy: 'DUE_ASC', filter: { status: null, agencies: filter.agencies } },
    ],
    ['page size and cursor', { filter, first: 20, after: 'abc' }, { filter, first: 50 }],
    [
      'null or absent',
      { filter, orderBy: null },
      { filter: { agencies: filter.agencies }, orderBy: undefined },
    ],
  ])('does not see %s', (_what, a, b) => {
    expect(hashArguments(a)).toBe(hashArguments(b));
  });

  it.each([
    ['another value', { orderBy: 'DUE_ASC' }, { orderBy: 'DUE_DESC' }],
    ['another name', { a: 1 }, { b: 1 }],
    ['text or number', { a: 1 }, { a: '1' }],
    ['null or nothing in a filter of agencies', { filter: { agencies: null } }, { filter: { agencies: [] } }],
    ['a list or an object of the same content', { a: [['b', 1]] }, { a: { b: 1 } }],
    ['nesting', { a: { first: 1 } }, { a: {} }],
  ])('sees %s', (_what, a, b) => {
    expect(hashArguments(a)).not.toBe(hashArguments(b));
  });
});

function reasonOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof InvalidCursorError) return error.reason;
    throw error;
  }
}
