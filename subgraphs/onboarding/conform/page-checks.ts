import { type Collection, type SampledRow } from './collection';
import { type ConformanceCheck, requireSame, requireThat } from './conformance-check';
import type { RowContext } from './conformance-context';
import { isJsonObject } from './endpoint';
import { pageQuestion } from './ask-page';
import { requireRefused } from './refusal';
import type { WalkedPage } from './page-walks';

type Context = RowContext<SampledRow>;

/** Pages say the same rows whatever their size, and say truly whether more follow. */
export const PAGE_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'pages.total',
    title: {
      vi: '`totalCount` bằng số dòng đọc được qua các trang.',
      en: '`totalCount` is the number of rows that the pages give.',
    },
    needsSample: true,
    async run({ collection, sample }) {
      const question = pageQuestion(collection, { filter: sample.filter, first: 200 });
      const got = sample.rows.length;
      requireThat(
        got === sample.total,
        question,
        `totalCount ${sample.total} rows over all pages`,
        `${got} rows`,
      );
    },
  },
  {
    id: 'pages.unique',
    title: {
      vi: 'Không dòng nào lặp lại hay mất, theo bất kỳ thứ tự nào.',
      en: 'No row comes twice and none is lost, in any order.',
    },
    needsSample: true,
    async run({ collection, sample, walks }) {
      const codes = sample.rows.map(({ code }) => code).toSorted();
      for (const { order, edges } of await walks.lists()) {
        const question = pageQuestion(collection, { filter: sample.filter, orderBy: order, first: 200 });
        const listed = edges.map(({ node }) => node.code);
        const twice = listed.find((code, i) => listed.indexOf(code) !== i);
        requireThat(twice === undefined, question, 'every row once', `${twice} twice`);
        requireSame(question, 'the same rows as in any other order', {
          expected: codes,
          got: listed.toSorted(),
        });
      }
    },
  },
  {
    id: 'pages.concatenate',
    title: {
      vi: 'Các trang 1, 2, 7, 50 dòng nối lại đúng bằng danh sách đầy đủ, theo mọi thứ tự.',
      en: 'Pages of 1, 2, 7 and 50 rows concatenate to the whole list, in every order.',
    },
    needsSample: true,
    async run({ walks }) {
      for (const walked of await walks.pages()) requireInPlace(walked);
    },
  },
  {
    id: 'pages.next',
    title: {
      vi: '`hasNextPage` đúng khi và chỉ khi còn dòng phía sau.',
      en: '`hasNextPage` is true exactly when rows follow.',
    },
    needsSample: true,
    async run({ walks }) {
      for (const { list, from, size, page } of await walks.pages()) {
        const expected = from + size < list.edges.length;
        const what = `hasNextPage of rows ${from + 1} to ${from + size} of ${list.edges.length}`;
        requireSame(page.question, what, { expected, got: page.hasNextPage });
      }
    },
  },
  {
    id: 'pages.ends',
    title: {
      vi: '`startCursor` và `endCursor` là con trỏ của dòng đầu và dòng cuối trang; null khi trang rỗng.',
      en: '`startCursor` and `endCursor` are those of the first and last row; null on an empty page.',
    },
    needsSample: true,
    async run({ walks }) {
      for (const { page } of await walks.pages()) {
        const expected = [page.edges[0]?.cursor ?? null, page.edges.at(-1)?.cursor ?? null];
        const got = [page.startCursor, page.endCursor];
        requireSame(page.question, 'startCursor and endCursor', { expected, got });
      }
    },
  },
  {
    id: 'pages.default-size',
    title: {
      vi: 'Không có `first` thì trang có 20 dòng, theo thứ tự mặc định.',
      en: 'Without `first` a page has 20 rows, in the default order.',
    },
    needsSample: true,
    async run({ endpoint, collection, sample }) {
      const question = pageQuestion(collection, { filter: sample.filter });
      const got = codesIn((await endpoint.data(question))[collection.field]);
      const expected = sample.rows.slice(0, 20).map(({ code }) => code);
      requireSame(question, 'the first 20 rows', { expected, got });
    },
  },
  {
    id: 'pages.sizes-refused',
    title: {
      vi: '`first` là 0, số âm hoặc trên 200 bị từ chối bằng lỗi.',
      en: 'A `first` of 0, below 0 or above 200 is refused with an error.',
    },
    async run({ endpoint, collection }) {
      for (const first of [0, -1, 201])
        await requireRefused(
          endpoint,
          pageQuestion(collection, { first }),
          `first: ${first}`,
          collection.field,
        );
    },
  },
  {
    id: 'pages.cursors-refused',
    title: {
      vi: 'Con trỏ không đọc được, hoặc của thứ tự khác, bị từ chối bằng lỗi.',
      en: 'A cursor that cannot be read, or is one of another order, is refused with an error.',
    },
    async run({ endpoint, collection }) {
      for (const [after, what] of badCursors(collection)) {
        const question = pageQuestion(collection, { first: 2, orderBy: collection.defaultOrder, after });
        await requireRefused(endpoint, question, what, collection.field);
      }
    },
  },
];

function requireInPlace({ list, from, size, page }: WalkedPage): void {
  const expected = list.edges.slice(from, from + size);
  requireSame(page.question, `rows ${from + 1} to ${from + size} of the list ${list.order}`, {
    expected: expected.map(({ node }) => node.code),
    got: page.edges.map(({ node }) => node.code),
  });
  requireSame(page.question, 'the same cursor of a row on every page', {
    expected: expected.map(({ cursor }) => cursor),
    got: page.edges.map(({ cursor }) => cursor),
  });
}

function codesIn(connection: unknown): readonly unknown[] {
  const edges: unknown = isJsonObject(connection) ? connection['edges'] : undefined;
  if (!Array.isArray(edges)) return [];
  return edges.map((edge: unknown) => {
    const node = isJsonObject(edge) ? edge['node'] : undefined;
    return isJsonObject(node) ? node['code'] : undefined;
  });
}

function badCursors(collection: Collection<SampledRow>): readonly (readonly [after: string, what: string])[] {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const otherOrder = collection.orders.find((order) => order !== collection.defaultOrder) ?? '';
  return [
    ['not-a-cursor!', 'a cursor that is no base64url'],
    [encode({ offset: 20 }), 'a cursor that is no position'],
    [encode([collection.defaultOrder]), 'a cursor without agency and code'],
    [encode([otherOrder, null, 'H23', 'x']), 'a cursor of another order'],
  ];
}
