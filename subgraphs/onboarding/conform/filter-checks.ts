import { NOW_HEADER } from '../../../schema/wire-headers';
import { askPage, LARGEST_PAGE } from './ask-page';
import { askTotals, totalQuestion } from './ask-totals';
import type { Filter, SampledRow } from './collection';
import { CheckSkipped, type ConformanceCheck, requireSame, requireThat } from './conformance-check';
import type { RowContext } from './conformance-context';
import type { Dimension } from './dimension';
import { isJsonObject } from './endpoint';

/** Each condition selects exactly the rows that have what it asks for, alone and together. */
export function filterChecks<Row extends SampledRow>(
  dimensions: readonly Dimension<Row>[],
): readonly ConformanceCheck<RowContext<Row>>[] {
  const lists = dimensions.filter((dimension) => Object.keys(dimension.toFilter([])).length === 1);
  return [
    ...dimensions.map((dimension) => valueCheck(dimension)),
    {
      id: 'filters.list',
      title: {
        vi: 'Nhiều giá trị trong một danh sách chọn hợp của chúng; danh sách rỗng không chọn gì; null không giới hạn.',
        en: 'Several values of a list select their union; an empty list fits nothing; null does not restrict.',
      },
      needsSample: true,
      async run(context) {
        for (const dimension of lists) await checkList(context, dimension);
      },
    },
    {
      id: 'filters.combined',
      title: {
        vi: 'Nhiều điều kiện cùng lúc chọn giao của chúng.',
        en: 'Several conditions together select their intersection.',
      },
      needsSample: true,
      run: (context) => checkPairs(context, dimensions),
    },
    {
      id: 'filters.unknown',
      title: {
        vi: 'Giá trị không có trong dữ liệu thì không chọn dòng nào.',
        en: 'A value that no row has fits nothing.',
      },
      async run(context) {
        const { endpoint, collection } = context;
        const texts = lists.filter(({ id }) => ['procedures', 'fields'].includes(id));
        const filters = texts.map((dimension) => dimension.toFilter(['không có: conformance']));
        const totals = await askTotals(endpoint, collection, filters);
        filters.forEach((filter, i) =>
          requireSame(totalQuestion(collection, filter), 'rows with an unknown value', {
            expected: 0,
            got: totals[i],
          }),
        );
        await checkUnknownAgency(context);
      },
    },
  ];
}

/** Refused or empty: only a directory of the province can tell a wrong code from one of elsewhere. */
async function checkUnknownAgency({ endpoint, collection }: RowContext<SampledRow>): Promise<void> {
  const question = totalQuestion(collection, { agencies: ['Z99.Z99'] });
  const { body, status, text } = await endpoint.ask(question);
  const data = body?.['data'];
  const isEmpty = isJsonObject(data) && JSON.stringify(data[collection.field]) === '{"totalCount":0}';
  const isRefused = Array.isArray(body?.['errors']) && status < 500;
  requireThat(
    isEmpty || isRefused,
    question,
    'no rows, or an error, for an agency that does not exist',
    text,
  );
}

function valueCheck<Row extends SampledRow>(dimension: Dimension<Row>): ConformanceCheck<RowContext<Row>> {
  const { id, vi, en } = dimension;
  return {
    id: `filters.${id}`,
    title: {
      vi: `Lọc theo ${vi} chọn đúng các dòng có giá trị đó; các phần cộng lại bằng tổng.`,
      en: `Filtering by ${en} selects exactly the rows that have it; the parts add up to the total.`,
    },
    needsSample: true,
    async run(context) {
      const values = dimension.values(context.sample.rows, context.endpoint.now);
      if (values.length === 0) throw new CheckSkipped('no row has a value of it');
      await checkTotals(
        context,
        dimension,
        values.map((value) => [value]),
      );
      await checkRows(context, dimension, values);
    },
  };
}

/** The sample's rows that a list of values selects. */
function selected<Row extends SampledRow>(
  { sample, endpoint }: RowContext<Row>,
  dimension: Dimension<Row>,
  values: readonly string[],
): readonly Row[] {
  return sample.rows.filter((row) => dimension.of(row, endpoint.now).some((value) => values.includes(value)));
}

function within<Row extends SampledRow>({ sample }: RowContext<Row>, filter: Filter): Filter {
  return { ...sample.filter, ...filter };
}

async function checkTotals<Row extends SampledRow>(
  context: RowContext<Row>,
  dimension: Dimension<Row>,
  lists: readonly (readonly string[])[],
): Promise<void> {
  const { endpoint, collection } = context;
  const filters = lists.map((values) => within(context, dimension.toFilter(values)));
  const totals = await askTotals(endpoint, collection, filters);
  lists.forEach((values, i) => {
    const what = `rows whose ${dimension.en} is ${values.join(' or ') || 'one of none'}, counted through pages`;
    const expected = selected(context, dimension, values).length;
    requireSame(totalQuestion(collection, filters[i] ?? {}), what, { expected, got: totals[i] });
  });
}

/** The rows themselves, for the value that most have. */
async function checkRows<Row extends SampledRow>(
  context: RowContext<Row>,
  dimension: Dimension<Row>,
  values: readonly string[],
): Promise<void> {
  const { endpoint, collection } = context;
  const [value] = values
    .map((one) => ({ one, count: selected(context, dimension, [one]).length }))
    .toSorted((a, b) => b.count - a.count);
  if (value === undefined || value.count === 0) return;
  const filter = within(context, dimension.toFilter([value.one]));
  const page = await askPage(endpoint, collection, { filter, first: LARGEST_PAGE });
  requireSame(page.question, `the rows whose ${dimension.en} is ${value.one}`, {
    expected: selected(context, dimension, [value.one])
      .slice(0, LARGEST_PAGE)
      .map(({ code }) => code),
    got: page.edges.map(({ node }) => node.code),
  });
}

async function checkList<Row extends SampledRow>(
  context: RowContext<Row>,
  dimension: Dimension<Row>,
): Promise<void> {
  const { endpoint, collection, sample } = context;
  const [first, second, third] = dimension.values(sample.rows, endpoint.now);
  const lists = [[], ...(first === undefined || second === undefined ? [] : [[first, second]])];
  await checkTotals(context, dimension, third === undefined ? lists : [...lists, [third, first ?? third]]);
  const empty = { ...sample.filter, ...dimension.toFilter([]) };
  const page = await askPage(endpoint, collection, { filter: empty, first: 3 });
  requireSame(page.question, 'the rows of an empty list', { expected: [], got: page.edges });
  requireSame(page.question, 'hasNextPage of an empty page', { expected: false, got: page.hasNextPage });
  // A scope that is already narrowed by the same list would be widened.
  if (Object.keys(dimension.toFilter([])).some((key) => key in sample.filter)) return;
  const open = within(
    context,
    Object.fromEntries(Object.keys(dimension.toFilter([])).map((key) => [key, null])),
  );
  const [total] = await askTotals(endpoint, collection, [open]);
  requireSame(totalQuestion(collection, open), 'rows when the list is null', {
    expected: sample.rows.length,
    got: total,
  });
}

async function checkPairs<Row extends SampledRow>(
  context: RowContext<Row>,
  dimensions: readonly Dimension<Row>[],
): Promise<void> {
  const { endpoint, collection, sample } = context;
  const { now } = endpoint;
  const pairs = dimensions.flatMap((a, i) => {
    const b = dimensions[(i + 1) % dimensions.length];
    return b === undefined || a === b ? [] : commonPairs(a, b, sample.rows, now);
  });
  if (pairs.length === 0) throw new CheckSkipped('no row has two values to combine');
  const filters = pairs.map(({ a, b, valueA, valueB }) =>
    within(context, { ...a.toFilter([valueA]), ...b.toFilter([valueB]) }),
  );
  const totals = await askTotals(endpoint, collection, filters);
  pairs.forEach(({ a, b, valueA, valueB }, i) => {
    const both = sample.rows.filter(
      (row) => a.of(row, now).includes(valueA) && b.of(row, now).includes(valueB),
    );
    const what = `rows whose ${a.en} is ${valueA} and whose ${b.en} is ${valueB}`;
    requireSame(totalQuestion(collection, filters[i] ?? {}), what, { expected: both.length, got: totals[i] });
  });
}

interface Pair<Row extends SampledRow> {
  readonly a: Dimension<Row>;
  readonly b: Dimension<Row>;
  readonly valueA: string;
  readonly valueB: string;
}

/** A pair that some row has, and one that perhaps none has. */
function commonPairs<Row extends SampledRow>(
  a: Dimension<Row>,
  b: Dimension<Row>,
  rows: readonly Row[],
  now: string,
): readonly Pair<Row>[] {
  const row = rows.find((one) => a.of(one, now).length > 0 && b.of(one, now).length > 0);
  if (row === undefined) return [];
  const [valueA = '', valueB = ''] = [a.of(row, now)[0], b.of(row, now)[0]];
  const other = b.values(rows, now).find((value) => value !== valueB);
  return [{ a, b, valueA, valueB }, ...(other === undefined ? [] : [{ a, b, valueA, valueB: other }])];
}

/** Verdicts are those of the instant that is asked, not of the clock on the wall. */
export function timelinessAt<Row extends SampledRow>(
  dimension: Dimension<Row>,
  instantOf: (rows: readonly Row[]) => string | null,
): ConformanceCheck<RowContext<Row>> {
  return {
    id: `filters.${dimension.id}-then`,
    title: {
      vi: 'Lọc theo kết luận đúng hạn xét tại thời điểm `lienthong-now`, không theo đồng hồ của máy.',
      en: 'Filtering by the verdict judges at `lienthong-now`, not at the clock on the wall.',
    },
    needsSample: true,
    async run(context) {
      const { endpoint, collection, sample } = context;
      const at = instantOf(sample.rows);
      if (at === null) throw new CheckSkipped('no row has a promised date');
      const values = dimension.values(sample.rows, at);
      const filters = values.map((value) => within(context, dimension.toFilter([value])));
      const headers = { [NOW_HEADER]: at };
      const totals = await askTotals(endpoint, collection, filters, headers);
      values.forEach((value, i) => {
        const expected = sample.rows.filter((row) => dimension.of(row, at).includes(value)).length;
        const question = totalQuestion(collection, filters[i] ?? {}, headers);
        requireSame(question, `rows that are ${value} at ${at}`, { expected, got: totals[i] });
      });
    },
  };
}
