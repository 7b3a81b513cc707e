import { DEADLINE_HEADER, NOW_HEADER } from '../../../schema/wire-headers';
import type { SampledRow } from './collection';
import { type ConformanceCheck, requireSame, requireThat } from './conformance-check';
import type { RowContext } from './conformance-context';
import { isJsonObject } from './endpoint';
import { requireRefused } from './refusal';

type Context = RowContext<SampledRow>;

/** As much of GraphQL over HTTP as a gateway speaks. */
export const HTTP_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'http.json',
    title: {
      vi: 'POST JSON được trả lời bằng JSON, trạng thái 200, đúng kiểu nội dung.',
      en: 'POST of JSON is answered with JSON, status 200 and a content type that says so.',
    },
    async run({ endpoint }) {
      const question = { query: '{ __typename }' };
      const { status, contentType, body } = await endpoint.ask(question);
      requireThat(status === 200, question, 'status 200', `status ${status}`);
      const isJson = /^application\/(graphql-response\+)?json\b/.test(contentType);
      requireThat(
        isJson,
        question,
        'content-type application/json or application/graphql-response+json',
        contentType || 'none',
      );
      requireSame(question, 'the answer', { expected: { data: { __typename: 'Query' } }, got: body });
    },
  },
  {
    id: 'http.variables',
    title: {
      vi: 'Biến được dùng: giá trị, giá trị mặc định, và đối tượng lồng nhau.',
      en: 'Variables are used: given, by default, and nested in objects.',
    },
    async run({ endpoint, collection }) {
      const { field, filterType } = collection;
      const question = {
        query: `query ($yes: Boolean!, $no: Boolean = false, $none: ${filterType}) { a: __typename @include(if: $yes) b: __typename @include(if: $no) ${field}(filter: $none) { totalCount } }`,
        variables: { yes: true, none: { agencies: [] } },
      };
      const expected = { a: 'Query', [field]: { totalCount: 0 } };
      requireSame(question, 'the data', { expected, got: await endpoint.data(question) });
    },
  },
  {
    id: 'http.operation-name',
    title: {
      vi: '`operationName` chọn thao tác trong tài liệu có nhiều thao tác; tên lạ bị từ chối.',
      en: '`operationName` chooses among several operations; an unknown one is refused.',
    },
    async run({ endpoint }) {
      const query = 'query One { one: __typename } query Two { two: __typename }';
      const question = { query, operationName: 'Two' };
      const got = await endpoint.data(question);
      requireSame(question, 'the data of the operation Two', { expected: { two: 'Query' }, got });
      await requireRefused(endpoint, { query, operationName: 'Three' }, 'an operation that is not there');
    },
  },
  {
    id: 'http.fragments',
    title: {
      vi: 'Mảnh truy vấn (có tên và nội tuyến), bí danh và `__typename` hoạt động ở mọi nơi.',
      en: 'Fragments (named and inline), aliases and `__typename` work everywhere.',
    },
    async run({ endpoint, collection }) {
      const { field, entity } = collection;
      const question = {
        query: `{ page: ${field}(first: 1) { kind: __typename edges { node { ... on ${entity} { ...Code } } } pageInfo { __typename } } } fragment Code on ${entity} { kind: __typename id: code }`,
      };
      const page = (await endpoint.data(question))['page'];
      requireThat(isJsonObject(page), question, 'a page', page);
      requireSame(question, '__typename of the page', { expected: `${entity}Connection`, got: page['kind'] });
      const edges = page['edges'];
      const edge: unknown = Array.isArray(edges) ? (edges as readonly unknown[])[0] : undefined; // isArray makes it any[].
      const node = isJsonObject(edge) ? edge['node'] : undefined;
      if (edge === undefined) return ['there are no rows, so fragments inside a row were not tried'];
      requireThat(isJsonObject(node) && typeof node['id'] === 'string', question, 'a code under "id"', page);
      requireSame(question, '__typename of a row', { expected: entity, got: node['kind'] });
      return [];
    },
  },
  {
    id: 'http.aliases',
    title: {
      vi: 'Một yêu cầu hỏi cùng một trường nhiều lần dưới nhiều bí danh, mỗi lần với đối số riêng.',
      en: 'One request asks one field several times under aliases, each with its own arguments.',
    },
    async run({ endpoint, collection }) {
      const { field, orders } = collection;
      const of = (order: string) =>
        `${field}(first: 2, orderBy: ${order}) { edges { node { code } } totalCount }`;
      const [a = '', b = ''] = orders;
      const question = {
        query: `{ a: ${of(a)} b: ${of(b)} none: ${field}(filter: { agencies: [] }) { totalCount } }`,
      };
      const together = await endpoint.data(question);
      for (const [alias, order] of [
        ['a', a],
        ['b', b],
      ] as const) {
        const alone = (await endpoint.data({ query: `{ a: ${of(order)} }` }))['a'];
        requireSame(question, `"${alias}", as when it is asked alone`, {
          expected: alone,
          got: together[alias],
        });
      }
      requireSame(question, '"none"', { expected: { totalCount: 0 }, got: together['none'] });
    },
  },
  {
    id: 'http.invalid-query',
    title: {
      vi: 'Truy vấn sai cú pháp được trả lời bằng `errors` dạng JSON, không phải 500 hay trang HTML.',
      en: 'A query that does not parse is answered with JSON `errors`, not with a 500 or a page of HTML.',
    },
    async run({ endpoint }) {
      await requireRefused(endpoint, { query: '{ __typename' }, 'a query that does not parse');
    },
  },
  {
    id: 'http.unknown-field',
    title: {
      vi: 'Trường không có trong lược đồ bị từ chối, kể cả khi trường khác hợp lệ.',
      en: 'A field that the schema has not is refused, also beside one that it has.',
    },
    async run({ endpoint }) {
      await requireRefused(endpoint, { query: '{ __typename noSuchField }' }, 'an unknown field');
    },
  },
  {
    id: 'http.wrong-variable',
    title: {
      vi: 'Biến sai kiểu bị từ chối.',
      en: 'A variable of the wrong type is refused.',
    },
    async run({ endpoint, collection }) {
      const { field, filterType } = collection;
      const query = `query ($filter: ${filterType}) { ${field}(filter: $filter) { totalCount } }`;
      for (const filter of [{ agencies: 'x'.repeat(3), noSuchCondition: true }, 'text'])
        await requireRefused(endpoint, { query, variables: { filter } }, 'a wrong variable', field);
    },
  },
  {
    id: 'http.now-refused',
    title: {
      vi: 'Tiêu đề `lienthong-now` sai dạng bị từ chối, không bị bỏ qua.',
      en: 'A header `lienthong-now` of the wrong form is refused, not ignored.',
    },
    async run({ endpoint }) {
      for (const now of ['yesterday', '2024-02-30T00:00:00Z', '2024-06-28T03:00:00+07:00'])
        await requireRefused(
          endpoint,
          { query: '{ __typename }', headers: { [NOW_HEADER]: now } },
          `${NOW_HEADER}: ${now}`,
        );
    },
  },
  {
    id: 'http.deadline',
    title: {
      vi: 'Tiêu đề `lienthong-deadline-ms` và tiêu đề lạ được chấp nhận.',
      en: 'The header `lienthong-deadline-ms` and unknown headers are taken.',
    },
    async run({ endpoint }) {
      const headers = {
        [DEADLINE_HEADER]: '2500',
        'x-request-id': 'conformance-1',
        traceparent: '00-0-0-00',
      };
      await endpoint.data({ query: '{ __typename }', headers });
    },
  },
];
