import fc from 'fast-check';
import { compareBytewise } from '../../schema/bytewise';
import { matchesSearch, searchWords, sortKey } from '../../schema/vietnamese-text';
import {
  type CataloguePosition,
  PROCEDURE_ORDERS,
  type ProcedureOrder,
  type ProcedureSelection,
} from '../../subgraphs/sources/catalogue/catalogue-query';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import { competenceOn } from '../../subgraphs/sources/catalogue/procedure-record';
import { readRegisteredProcedures } from '../support/registered-procedures';

const records = readRegisteredProcedures();
const catalogue = new LocalCatalogue(records);
const TODAY = '2024-06-28';

afterAll(() => catalogue[Symbol.dispose]());

function codesOfAllPages(selection: ProcedureSelection, order: ProcedureOrder, first: number): string[] {
  const codes: string[] = [];
  let after: CataloguePosition | undefined;
  for (;;) {
    const page = catalogue.page(selection, { order, first, after });
    codes.push(...page.rows.map(({ entry }) => entry.record.code));
    if (!page.hasNextPage) return codes;
    after = page.rows.at(-1)?.position;
  }
}

function sortedCodes(order: ProcedureOrder): string[] {
  const direction = order.endsWith('_DESC') ? -1 : 1;
  return records
    .map((record) => ({
      code: record.code,
      agency: competenceOn(record, TODAY)?.agency ?? '',
      // Nearest to no words at all is by name.
      value: order.startsWith('CODE') ? record.code : sortKey(record.name),
    }))
    .sort(
      (a, b) =>
        direction * compareBytewise(a.value, b.value) ||
        compareBytewise(a.agency, b.agency) ||
        compareBytewise(a.code, b.code),
    )
    .map(({ code }) => code);
}

describe('pages of the local catalogue', () => {
  it.each(PROCEDURE_ORDERS)('make up the whole catalogue in the order %s, each row once', (order) => {
    expect(codesOfAllPages({ asOf: TODAY }, order, 97)).toEqual(sortedCodes(order));
  });

  it('say exactly whether there is a next one', () => {
    const page = (first: number) => catalogue.page({ asOf: TODAY }, { order: 'CODE_ASC', first });

    expect(page(2036).hasNextPage).toBe(true);
    expect(page(2037).hasNextPage).toBe(false);
  });
});

describe('search in the local catalogue', () => {
  const names = records.map(({ code, name }) => ({ code, words: searchWords(name) }));
  const wordsOfNames = [...new Set(names.flatMap(({ words }) => words))];
  const word = fc
    .tuple(fc.constantFrom(...wordsOfNames), fc.integer({ min: 1, max: 9 }))
    .map(([text, length]) => text.slice(0, length));

  it('agrees with matchesSearch for any words', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 4 }), (texts) => {
        const words = searchWords(texts.join(' '));
        const expected = names.filter((name) => matchesSearch(words, name.words)).map(({ code }) => code);

        expect(catalogue.count({ asOf: TODAY, words })).toBe(expected.length);
        expect(codesOfAllPages({ asOf: TODAY, words }, 'CODE_ASC', 5000)).toEqual(
          expected.sort(compareBytewise),
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    'dang ky khai sinh',
    'Đăng ký khai sinh',
    'ĐĂNG KÝ KHAI SINH',
    'Đăng ký khai sinh'.normalize('NFD'),
    'sinh dang khai',
  ])('finds birth registration for "%s"', (text) => {
    const codes = codesOfAllPages({ asOf: TODAY, words: searchWords(text) }, 'NAME_ASC', 200);

    expect(codes).toContain('1.001193');
  });
});

describe('filters of the local catalogue', () => {
  const count = (selection: Omit<ProcedureSelection, 'asOf'>, asOf = TODAY) =>
    catalogue.count({ asOf, ...selection });

  it('take no row for an empty list and every row for an absent one', () => {
    expect(count({ agencies: [] })).toBe(0);
    expect(count({ fields: [] })).toBe(0);
    expect(count({ levels: [] })).toBe(0);
    expect(count({})).toBe(2037);
  });

  it('take the agencies that publish and those that implement, as of the day', () => {
    const published = records.filter((record) => competenceOn(record, TODAY)?.agency === 'H23.X04');

    expect(count({ agencies: ['H23.X04'] })).toBe(published.length);
    expect(count({ agencies: ['H23.X41'] })).toBe(255);
    expect(count({ agencies: ['H23.X41', 'H23'] })).toBe(255);
    expect(count({ agencies: ['H23.X41'] }, '2025-07-01')).toBe(0);
    expect(count({ agencies: ['H24.X02'] }, '2025-07-01')).toBe(260);
  });

  it('hold together', () => {
    expect(count({ agency: 'H23.X41', agencies: ['H23.X04'] })).toBe(0);
    expect(count({ issues: ['UNIT_MISSING'] })).toBe(199);
    expect(count({ issues: ['UNIT_MISSING', 'CODE_MISSING'] })).toBe(222);
    expect(count({ issues: ['UNIT_MISSING'], channels: ['POSTAL'], levels: ['COMMUNE'] })).toBeLessThan(199);
  });
});

describe('a procedure in the local catalogue', () => {
  it('passes to another agency on the day of the reorganisation', () => {
    const moved = records.find(({ competences }) => competences[1]?.validFrom === '2025-03-01');
    const agencyOn = (day: string) =>
      catalogue.find([moved?.code ?? ''], day).get(moved?.code ?? '')?.competence.agency;

    expect(agencyOn('2025-02-28')).toBe(moved?.competences[0]?.agency);
    expect(agencyOn('2025-03-01')).toBe(moved?.competences[1]?.agency);
    expect(agencyOn('2025-02-28')).not.toBe(agencyOn('2025-03-01'));
  });

  it('is absent while nobody is competent', () => {
    const gap = records.find(
      ({ competences: [before, after] }) =>
        before?.validTo === '2025-02-28' && after?.validFrom === '2025-07-01',
    );
    const code = gap?.code ?? '';

    expect(catalogue.find([code], '2025-02-28').has(code)).toBe(true);
    expect(catalogue.find([code], '2025-05-01').has(code)).toBe(false);
    expect(catalogue.find([code], '2025-07-01').has(code)).toBe(true);
  });

  it('is found by its code only', () => {
    expect(catalogue.find(['1.001193', '9.999999', ''], TODAY).size).toBe(1);
  });

  it('may not be there twice', () => {
    const [record] = records;
    if (record === undefined) throw new Error('no records');
    expect(() => new LocalCatalogue([record, record])).toThrow(`"${record.code}" twice`);
  });
});
