import { readPageSize } from '../../schema/page-size';
import { thrownBy } from '../support/thrown-by';

describe('readPageSize', () => {
  it.each([
    [undefined, 20],
    [null, 20],
    [1, 1],
    [200, 200],
  ])('reads %p as %d', (first, size) => {
    expect(readPageSize(first)).toBe(size);
  });

  it.each([
    [0, '0'],
    [-1, '-1'],
    [201, '201'],
    [1.5, '1.5'],
    [NaN, 'NaN'],
    ['20', '"20"'],
  ])('refuses %p, naming value and range', (first, shown) => {
    expect(() => readPageSize(first)).toThrow(`"first" must be a whole number from 1 to 200, got ${shown}`);
    expect(thrownBy(() => readPageSize(first))).toMatchObject({ code: 'INVALID_PAGE_SIZE' });
  });
});
