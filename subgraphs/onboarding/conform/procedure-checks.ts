import { localDay } from '../../../schema/calendar-day';
import { decodeShardCursor } from '../../../schema/shard-cursor';
import { foldForSearch, matchesSearch, searchWords, sortKey } from '../../../schema/vietnamese-text';
import { NOW_HEADER } from '../../../schema/wire-headers';
import { matchRank } from '../../sources/catalogue/match-rank';
import { askPage, LARGEST_PAGE, pageQuestion } from './ask-page';
import { askTotals, totalQuestion } from './ask-totals';
import {
  CheckFailure,
  CheckSkipped,
  type ConformanceCheck,
  requireSame,
  requireThat,
} from './conformance-check';
import type { RowContext } from './conformance-context';
import type { SampledProcedure } from './procedure-collection';
import { requireRefused } from './refusal';
import { isJsonObject } from './endpoint';

type Context = RowContext<SampledProcedure>;

/** Search, days and what is not clean: what only catalogues have. */
export const PROCEDURE_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'procedures.search',
    title: {
      vi: 'Tìm không cần dấu: mỗi từ là phần đầu của một từ trong tên; chuỗi không có chữ hay số thì chọn tất cả.',
      en: 'Search needs no accents: each word starts a word of the name; a text without letter or digit selects all.',
    },
    needsSample: true,
    async run({ endpoint, collection, sample }) {
      const texts = [...sampleTexts(sample.rows), '…'];
      const filters = texts.map((text) => ({ ...sample.filter, text }));
      const totals = await askTotals(endpoint, collection, filters);
      texts.forEach((text, i) => {
        const expected = found(sample.rows, text).length;
        const question = totalQuestion(collection, filters[i] ?? {});
        requireSame(question, `procedures whose name has words that start with those of "${text}"`, {
          expected,
          got: totals[i],
        });
      });
    },
  },
  {
    id: 'procedures.search-length',
    title: {
      vi: 'Chuỗi tìm dài hơn 200 ký tự bị từ chối.',
      en: 'A search text of more than 200 characters is refused.',
    },
    async run({ endpoint, collection }) {
      const question = pageQuestion(collection, { filter: { text: 'a'.repeat(201) }, first: 1 });
      await requireRefused(endpoint, question, 'a text of 201 characters', collection.field);
    },
  },
  {
    id: 'procedures.nearest',
    title: {
      vi: 'Theo MATCH_ASC, con trỏ mang độ gần `<hạng>!<khóa tên>` như hợp đồng, và dòng đứng theo đó.',
      en: 'In MATCH_ASC the cursor carries the nearness `<rank>!<name key>` of the contract, and rows stand by it.',
    },
    needsSample: true,
    async run(context) {
      const [text] = sampleTexts(context.sample.rows);
      if (text === undefined) throw new CheckSkipped('there are no rows');
      await checkNearest(context, text);
    },
  },
  {
    id: 'procedures.as-of',
    title: {
      vi: '`asOf` mặc định là ngày của `lienthong-now`, và có nghĩa như nhau.',
      en: '`asOf` is the day of `lienthong-now` by default, and means the same.',
    },
    needsSample: true,
    async run({ endpoint, collection }) {
      for (const day of ['2010-01-15', '2024-06-28', localDay(endpoint.now)]) {
        const selection = '(first: 20, asOf: $day) { totalCount edges { node { code agency { code } } } }';
        const asked = { query: `query ($day: Date) { page: procedures${selection} }`, variables: { day } };
        const byClock = {
          query: `query ($day: Date) { page: procedures${selection} }`,
          variables: { day: null },
          headers: { [NOW_HEADER]: `${day}T03:00:00Z` },
        };
        const expected = await endpoint.data(asked);
        requireSame(byClock, `the page of asOf: ${day}`, { expected, got: await endpoint.data(byClock) });
      }
      const filter = { query: '{ procedures(asOf: "2024-02-30") { totalCount } }' };
      await requireRefused(endpoint, filter, 'a day that does not exist', collection.field);
    },
  },
  {
    id: 'procedures.one',
    title: {
      vi: '`procedure(code:)` tìm theo mã, và theo dạng của tỉnh `1.001193.000.00.00.H23`; không có thì null.',
      en: '`procedure(code:)` finds by code, and by the provincial form `1.001193.000.00.00.H23`; null when there is none.',
    },
    needsSample: true,
    async run({ endpoint, sample }) {
      const own = sample.rows.slice(0, 2).map(({ code }) => [code, code] as const);
      for (const [asked, expected] of [...own, ...provincialForms(sample.rows), [UNKNOWN, null] as const]) {
        const question = {
          query: 'query ($code: ID!) { procedure(code: $code) { code } }',
          variables: { code: asked },
        };
        const procedure = (await endpoint.data(question))['procedure'];
        const got = isJsonObject(procedure) ? procedure['code'] : procedure;
        requireSame(question, `the procedure of ${asked}`, { expected, got });
      }
    },
  },
  {
    id: 'procedures.values',
    title: {
      vi: '`workingDays` chỉ có khi thời hạn tính bằng ngày làm việc; mức phí thấp nhất không quá cao nhất.',
      en: '`workingDays` is there only for a time in working days; the lowest fee is not above the highest.',
    },
    needsSample: true,
    async run({ collection, sample }) {
      const question = pageQuestion(
        collection,
        { filter: sample.filter, first: LARGEST_PAGE },
        collection.selection,
      );
      for (const { code, time, workingDays, fee, channels } of sample.rows) {
        const units = [time, ...channels.map((one) => one.time)].map((one) => one?.unit);
        requireThat(
          workingDays === null || units.includes('WORKING_DAY'),
          question,
          `no workingDays of ${code}, whose time is not in working days`,
          workingDays,
        );
        requireThat(fee === null || fee.minVnd <= fee.maxVnd, question, `minVnd ≤ maxVnd of ${code}`, fee);
      }
    },
  },
];

const UNKNOWN = 'không-có-thủ-tục-này';

/** How the province of the publishing agency writes a national code; one is enough. */
function provincialForms(
  rows: readonly SampledProcedure[],
): readonly (readonly [asked: string, code: string])[] {
  const row = rows.find(
    ({ code, agency }) => /^\d\.\d{6}$/.test(code) && /^[A-Z]\d\d\b/.test(agency?.code ?? ''),
  );
  return row === undefined ? [] : [[`${row.code}.000.00.00.${row.agency?.code.slice(0, 3)}`, row.code]];
}

/** Beginnings of words, without marks, in capitals, in another order: as people type. */
function sampleTexts(rows: readonly SampledProcedure[]): readonly string[] {
  const names = [rows[0], rows[Math.floor(rows.length / 2)], rows.at(-1)].flatMap((row) => row?.name ?? []);
  return [...new Set(names)].flatMap((name) => {
    const words = searchWords(name).slice(0, 5);
    const [first = '', second = first] = words.filter((word) => word.length > 1);
    return [
      `${second} ${first.slice(0, 2)}`.trim(),
      foldForSearch(name).slice(0, 150),
      name.slice(0, 60).toUpperCase(),
      first.slice(0, 1),
    ].filter((text) => text.trim() !== '');
  });
}

function found(rows: readonly SampledProcedure[], text: string): readonly SampledProcedure[] {
  const words = searchWords(text);
  return rows.filter(({ name }) => matchesSearch(words, searchWords(name)));
}

async function checkNearest({ endpoint, collection, sample }: Context, text: string): Promise<void> {
  const filter = { ...sample.filter, text };
  const page = await askPage(endpoint, collection, { filter, first: LARGEST_PAGE });
  const rows = new Map(sample.rows.map((row) => [row.code, row]));
  const words = searchWords(text);
  for (const { cursor, node } of page.edges) {
    const name = rows.get(node.code)?.name;
    if (name === undefined) continue;
    const expected = ['MATCH_ASC', `${matchRank(words, searchWords(name))}!${sortKey(name)}`];
    const { order, values } = readCursor(page.question, cursor);
    requireSame(page.question, `order and nearness of "${name}" to "${text}"`, {
      expected,
      got: [order, ...values],
    });
  }
  const positions = page.edges.map(({ cursor }) => String(readCursor(page.question, cursor).values[0]));
  positions.forEach((position, i) => {
    const previous = positions[i - 1];
    requireThat(previous === undefined || previous <= position, page.question, 'the nearest first', [
      previous,
      position,
    ]);
  });
}

function readCursor(request: CheckFailure['evidence']['request'], cursor: string) {
  try {
    return decodeShardCursor(cursor);
  } catch {
    throw new CheckFailure({ request, expected: 'a cursor that decodes', got: cursor });
  }
}
