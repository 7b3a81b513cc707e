import type { SampledRow } from './collection';
import { CheckSkipped, type ConformanceCheck, requireSame, requireThat } from './conformance-check';
import type { RowContext } from './conformance-context';
import type { Endpoint, GraphqlQuestion } from './endpoint';

type Context = RowContext<SampledRow>;

/** `_entities`: how a gateway enters. Its answers have no keys of their own, so order and nulls are everything. */
export const ENTITY_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'entities.order',
    title: {
      vi: '`_entities` giữ thứ tự, lặp lại cái được hỏi hai lần, và trả null đúng chỗ của cái không có.',
      en: '`_entities` keeps the order, repeats what is asked twice, and answers null in the place of what is missing.',
    },
    needsSample: true,
    async run({ endpoint, collection, sample }) {
      const [a, b, c] = sample.rows.map(({ code }) => code);
      if (a === undefined) throw new CheckSkipped('there are no rows');
      const asked = [b ?? a, MISSING, a, c ?? a, MISSING, b ?? a, a];
      const question = entitiesQuestion(
        asked.map((code) => ({ __typename: collection.entity, code })),
        `... on ${collection.entity} { code }`,
      );
      const expected = asked.map((code) =>
        code === MISSING ? null : { __typename: collection.entity, code },
      );
      requireSame(question, 'the rows in the order asked', {
        expected,
        got: await askEntities(endpoint, question),
      });
    },
  },
  {
    id: 'entities.mixed',
    title: {
      vi: 'Các kiểu khác nhau trong một yêu cầu `_entities` trả lời đúng chỗ.',
      en: 'Representations of different types in one request are answered in their places.',
    },
    needsSample: true,
    async run({ endpoint, collection, sample }) {
      const [row] = sample.rows;
      const agency = row === undefined ? null : collection.agencyOf(row);
      if (row === undefined || agency === null) throw new CheckSkipped('there are no rows');
      const asked = [
        { __typename: 'Agency', code: agency },
        { __typename: collection.entity, code: row.code },
        { __typename: collection.entity, code: MISSING },
        { __typename: 'Agency', code: agency },
      ];
      const question = entitiesQuestion(asked, `... on Agency { code } ... on ${collection.entity} { code }`);
      const expected = asked.map((one) => (one.code === MISSING ? null : one));
      requireSame(question, 'each type in its place', {
        expected,
        got: await askEntities(endpoint, question),
      });
    },
  },
  {
    id: 'entities.same-as-root',
    title: {
      vi: 'Một dòng qua `_entities` giống hệt qua trường gốc và qua trang.',
      en: 'A row through `_entities` is the same as through the root field and through a page.',
    },
    needsSample: true,
    async run({ endpoint, collection, sample }) {
      const { entity, one, selection } = collection;
      const rows = spread(sample.rows, 5);
      const question = entitiesQuestion(
        rows.map(({ code }) => ({ __typename: entity, code })),
        `... on ${entity} { ${selection} }`,
      );
      const found = await askEntities(endpoint, question);
      for (const [i, row] of rows.entries()) {
        const expected = collection.row.parse(row);
        const entered = collection.row.safeParse(found[i]);
        requireSame(question, `${row.code} as on its page`, {
          expected,
          got: entered.success ? entered.data : found[i],
        });
        const direct = {
          query: `query ($code: ID!) { ${one}(code: $code) { ${selection} } }`,
          variables: { code: row.code },
        };
        const parsed = collection.row.safeParse((await endpoint.data(direct))[one]);
        requireSame(direct, `${row.code} as on its page`, {
          expected,
          got: parsed.success ? parsed.data : null,
        });
      }
    },
  },
  {
    id: 'entities.none',
    title: {
      vi: 'Không có đại diện nào thì trả về danh sách rỗng.',
      en: 'No representation gives an empty list.',
    },
    async run({ endpoint, collection }) {
      const question = entitiesQuestion([], `... on ${collection.entity} { code }`);
      requireSame(question, '_entities', { expected: [], got: await askEntities(endpoint, question) });
    },
  },
  {
    id: 'entities.many',
    title: {
      vi: '200 đại diện trong một yêu cầu đều được trả lời.',
      en: '200 representations in one request are all answered.',
    },
    needsSample: true,
    async run({ endpoint, collection, sample }) {
      const codes = sample.rows.map(({ code }) => code);
      if (codes.length === 0) throw new CheckSkipped('there are no rows');
      const asked = Array.from({ length: 200 }, (_, i) =>
        i % 7 === 3 ? `${MISSING}-${i}` : (codes[i % codes.length] ?? ''),
      );
      const question = entitiesQuestion(
        asked.map((code) => ({ __typename: collection.entity, code })),
        `... on ${collection.entity} { code }`,
      );
      const expected = asked.map((code) =>
        code.startsWith(MISSING) ? null : { __typename: collection.entity, code },
      );
      requireSame(question, '200 answers', { expected, got: await askEntities(endpoint, question) });
    },
  },
  {
    id: 'entities.unknown-type',
    title: {
      vi: 'Đại diện của kiểu không có trong lược đồ cho lỗi.',
      en: 'A representation of an unknown type is an error.',
    },
    async run({ endpoint, collection }) {
      const reps = [{ __typename: 'NoSuchType', code: '1' }];
      const question = entitiesQuestion(reps, `... on ${collection.entity} { code }`);
      const { body, status, text } = await endpoint.ask(question);
      const errors = body?.['errors'];
      requireThat(
        Array.isArray(errors) && errors.length > 0 && status < 500,
        question,
        'an unknown __typename is refused with "errors"',
        `HTTP ${status}: ${text}`,
      );
    },
  },
  {
    id: 'entities.agency',
    title: {
      vi: 'Danh sách của một cơ quan qua `_entities` bằng danh sách gốc lọc theo cơ quan đó, và lọc thêm được.',
      en: 'The list of an agency through `_entities` is the root list filtered by that agency, and can be narrowed.',
    },
    needsSample: true,
    async run(context) {
      const { endpoint, collection, sample } = context;
      const agencies = [...new Set(sample.rows.flatMap((row) => collection.agencyOf(row) ?? []))].slice(0, 3);
      if (agencies.length === 0) throw new CheckSkipped('no row has an agency');
      const list = (argument: string) =>
        `${collection.field}(first: 5${argument}) { totalCount edges { cursor node { code } } pageInfo { hasNextPage } }`;
      const question = entitiesQuestion(
        agencies.map((code) => ({ __typename: 'Agency', code })),
        `... on Agency { code list: ${list('')} none: ${collection.field}(filter: { agencies: [] }) { totalCount edges { cursor } } }`,
      );
      const found = await askEntities(endpoint, question);
      for (const [i, code] of agencies.entries()) {
        const root = {
          query: `query ($codes: [ID!]) { list: ${list(', filter: { agencies: $codes }')} }`,
          variables: { codes: [code] },
        };
        const expected = {
          __typename: 'Agency',
          code,
          list: (await endpoint.data(root))['list'],
          none: { totalCount: 0, edges: [] },
        };
        requireSame(question, `the list of ${code}, as of the root field`, { expected, got: found[i] });
      }
    },
  },
];

const MISSING = 'không-có-mã-này';

export function entitiesQuestion(representations: readonly object[], selection: string): GraphqlQuestion {
  return {
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${selection} } }`,
    variables: { representations },
  };
}

export async function askEntities(
  endpoint: Endpoint,
  question: GraphqlQuestion,
): Promise<readonly unknown[]> {
  const entities = (await endpoint.data(question))['_entities'];
  requireThat(Array.isArray(entities), question, 'a list _entities', entities);
  return entities as readonly unknown[]; // isArray makes it any[].
}

function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % step === 0).slice(0, count);
}
