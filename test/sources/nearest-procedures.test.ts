import fc from 'fast-check';
import { comparePositions } from '../../schema/shard-cursor';
import { matchesSearch, searchWords } from '../../schema/vietnamese-text';
import type { CataloguePosition } from '../../subgraphs/sources/catalogue/catalogue-query';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';
import { readRegisteredProcedures } from '../support/registered-procedures';

const TODAY = '2024-06-28';
const records = readRegisteredProcedures();
const whole = new LocalCatalogue(records);
const halves = [0, 1].map(
  (half) => new LocalCatalogue(records.filter(({ code }) => Number(code.at(-1)) % 2 === half)),
);

afterAll(() => [whole, ...halves].forEach((catalogue) => catalogue[Symbol.dispose]()));

function page(catalogue: LocalCatalogue, text: string, first: number, after?: CataloguePosition) {
  return catalogue.page({ asOf: TODAY, words: searchWords(text) }, { order: 'MATCH_ASC', first, after });
}

function allOf(catalogue: LocalCatalogue, text: string): readonly CataloguePosition[] {
  return page(catalogue, text, records.length).rows.map(({ position }) => position);
}

/** As the gateway does it: the nearest row of those each system shows next, by its position alone. */
function mergedByPosition(
  catalogues: readonly LocalCatalogue[],
  text: string,
  first: number,
): CataloguePosition[] {
  const merged: CataloguePosition[] = [];
  let pages = catalogues.map((catalogue) => page(catalogue, text, first));
  while (pages.some(({ rows }) => rows.length > 0)) {
    const next = pages
      .flatMap(({ rows }) => rows.map(({ position }) => position))
      .sort((a, b) => comparePositions(toShardPosition(a), toShardPosition(b)))
      .slice(0, first);
    merged.push(...next);
    pages = catalogues.map((catalogue) => page(catalogue, text, first, next.at(-1)));
  }
  return merged;
}

function toShardPosition({ value, agency, code }: CataloguePosition) {
  return { order: 'MATCH_ASC', values: [value], agency, code };
}

const nameOf = (wanted: string) => records.find(({ code }: ProcedureRecord) => code === wanted)?.name;

describe('the procedures nearest to a text', () => {
  it.each(['dang ky khai sinh', 'Đăng ký khai sinh', 'Đăng ký khai sinh'.normalize('NFD'), 'đăng ký khai s'])(
    'begin with birth registration for "%s", and the long names come last',
    (text) => {
      const codes = allOf(whole, text).map(({ code }) => code);

      expect(codes.slice(0, 2).map(nameOf)).toEqual([
        'Thủ tục đăng ký khai sinh',
        'Thủ tục đăng ký khai sinh lưu động',
      ]);
      expect(searchWords(nameOf(codes.at(-1) ?? '') ?? '').length).toBeGreaterThan(100);
    },
  );

  it.each(['dang ky khai sinh', 'cap giay phep', 'cap', 'thu tuc', 'k s'])(
    'are in the pages for "%s" as in one list, each once, with an exact next page',
    (text) => {
      const expected = allOf(whole, text);
      const paged: CataloguePosition[] = [];
      for (;;) {
        const { rows, hasNextPage } = page(whole, text, 50, paged.at(-1));
        paged.push(...rows.map(({ position }) => position));
        expect(hasNextPage).toBe(paged.length < expected.length);
        if (!hasNextPage) break;
      }

      expect(paged).toEqual(expected);
      expect(paged).toHaveLength(whole.count({ asOf: TODAY, words: searchWords(text) }));
    },
  );

  it('say that nothing follows a page that is exactly full', () => {
    const { length } = allOf(whole, 'khai sinh');

    expect(page(whole, 'khai sinh', length).hasNextPage).toBe(false);
    expect(page(whole, 'khai sinh', length - 1).hasNextPage).toBe(true);
  });

  it.each(['dang ky khai sinh', 'cap giay', 'sinh', '...'])(
    'for "%s" are the same whether one catalogue holds the rows or two, merged by position',
    (text) => {
      expect(mergedByPosition(halves, text, 40)).toEqual(allOf(whole, text));
    },
  );

  it('are those the search finds, in the order of their positions, for any words', () => {
    const names = records.map(({ name }) => searchWords(name));
    const word = fc
      .tuple(fc.constantFrom(...new Set(names.flat())), fc.integer({ min: 1, max: 9 }))
      .map(([text, length]) => text.slice(0, length));

    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), (words) => {
        const found = allOf(whole, words.join(' '));

        expect(found).toHaveLength(names.filter((name) => matchesSearch(words, name)).length);
        expect(found.toSorted((a, b) => comparePositions(toShardPosition(a), toShardPosition(b)))).toEqual(
          found,
        );
      }),
      { numRuns: 30 },
    );
  });
});
