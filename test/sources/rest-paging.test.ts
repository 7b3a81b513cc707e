import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { json } from '../../subgraphs/province/services/service-server';
import { startFaultyService, type Fault } from '../support/servers/faulty-service';
import { codesIn, readPass, type ReadPass } from '../support/servers/read-events';
import { items, smallRestMapping } from '../support/servers/rest-list';
import { pagesOf } from '../support/servers/rest-servers';

type Settings = Parameters<typeof smallRestMapping>[1] & { readonly maxRows?: number };

interface ReadService extends ReadPass {
  /** What the service was asked, without its path. */
  readonly queries: readonly string[];
}

async function readFrom(fault: Fault, { maxRows, ...settings }: Settings = {}): Promise<ReadService> {
  await using server = await startFaultyService(() => json({ message: 'unreachable' }, 404));
  server.misbehave(fault);
  await using reader = createRestReader(smallRestMapping(server.url, settings), {
    env: {},
    baseFolder: __dirname,
    pause: async () => undefined,
    ...(maxRows === undefined ? {} : { maxRows }),
  });
  const pass = await readPass(reader);
  return { ...pass, queries: server.calls.map(({ query }) => query.toString()) };
}

describe('pages of a JSON service', () => {
  it('go on after a page that is shorter than asked, until an empty one', async () => {
    const sized = { paging: '{ kind: page, param: page, sizeParam: size, size: 10 }' };

    const pass = await readFrom(
      pagesOf((page) => ({ items: [items(1, 4), items(5, 7), items(8, 8), []][page - 1] })),
      sized,
    );

    expect(pass.records).toHaveLength(8);
    expect(pass.isComplete).toBe(true);
    expect(pass.queries).toEqual(['page=1&size=10', 'page=2&size=10', 'page=3&size=10', 'page=4&size=10']);
  });

  it('end with the total, without another request', async () => {
    const total = {
      paging: '{ kind: page, param: page, sizeParam: size, size: 5 }',
      more: ', totalPath: total',
    };

    const pass = await readFrom(
      pagesOf((page) => ({ items: [items(1, 5), items(6, 7)][page - 1], total: '7' })),
      total,
    );

    expect(pass.records).toHaveLength(7);
    expect(pass.queries).toHaveLength(2);
  });

  it('of start and end step by what came: a service may cap its pages', async () => {
    const fault: Fault = ({ query }) => {
      const start = Number(query.get('start'));
      return json({ items: items(1, 7).slice(start, Math.min(Number(query.get('end')), start + 3)) });
    };

    const pass = await readFrom(fault, {
      paging: '{ kind: offset, param: start, sizeParam: size, endParam: end, size: 5 }',
    });

    expect(pass.records).toHaveLength(7);
    expect(pass.queries).toEqual(['start=0&end=5', 'start=3&end=8', 'start=6&end=11', 'start=7&end=12']);
  });

  it('follow a cursor to the page that names no other', async () => {
    const pages: Record<string, object> = {
      '': { items: items(1, 2), next: 'b/2' },
      'b/2': { items: items(3, 4), next: 'c' },
      c: { items: items(5, 5), next: null },
    };

    const pass = await readFrom(({ query }) => json(pages[query.get('after') ?? '']), {
      paging: '{ kind: cursor, param: after, nextPath: next }',
    });

    expect(codesIn(pass.records, 'ma')).toEqual(['HS-1', 'HS-2', 'HS-3', 'HS-4', 'HS-5']);
    expect(pass.isComplete).toBe(true);
  });

  it('are one where the list is not paged; its rows come a thousand at once', async () => {
    const pass = await readFrom(() => json({ items: items(1, 2_500) }), { paging: '{ kind: none }' });

    expect(pass.events.map((event) => (event.kind === 'rows' ? event.records.length : event.kind))).toEqual([
      1_000,
      1_000,
      500,
      'complete',
    ]);
    expect(pass.queries).toEqual(['']);
  });

  it('may begin with the end of the page before: a row was added in front of them', async () => {
    const pass = await readFrom(
      pagesOf((page) => ({ items: [items(1, 3), items(3, 5), items(5, 5), []][page - 1] })),
    );

    expect(codesIn(pass.records, 'ma')).toEqual(['HS-1', 'HS-2', 'HS-3', 'HS-4', 'HS-5']);
    expect(pass.isComplete).toBe(true);
  });

  it('may give a code twice when the rows differ: that is for the check of rows', async () => {
    const twice = [{ ma: 'HS-1', tt: '9', ngay: '2024-06-09T01:00:00Z' }, ...items(4, 4)];

    const pass = await readFrom(pagesOf((page) => ({ items: [items(1, 3), twice, []][page - 1] })));

    expect(pass.records).toHaveLength(5);
    expect(pass.isComplete).toBe(true);
  });
});

describe('pages that cannot be trusted', () => {
  const PAGES = { paging: '{ kind: page, param: page }' };
  const TOTAL = { ...PAGES, more: ', totalPath: total' };
  const CURSOR = { paging: '{ kind: cursor, param: after, nextPath: next }' };

  it.each<[what: string, fault: Fault, settings: Settings, told: number, place: string, message: RegExp]>([
    [
      'the same page again',
      pagesOf((page) => ({ items: items(page === 3 ? 4 : page * 3 - 2, page === 3 ? 6 : page * 3) })),
      PAGES,
      6,
      'GET /hoso, page 3',
      /page 3 is page 2 again/,
    ],
    [
      'pages that come round',
      pagesOf((page) => ({ items: items(((page - 1) % 3) * 2 + 1, ((page - 1) % 3) * 2 + 2) })),
      PAGES,
      6,
      'GET /hoso, page 4',
      /page 4 is page 1 again/,
    ],
    [
      'a cursor that was given before',
      ({ query }) =>
        json({ items: items(query.has('after') ? 3 : 1, query.has('after') ? 4 : 2), next: 'x' }),
      CURSOR,
      4,
      'GET /hoso, page 2',
      /page 2 leads on to the same place as page 1/,
    ],
    [
      'a row of an earlier page among new ones',
      pagesOf((page) => ({
        items: page === 3 ? [...items(7, 8), ...items(2, 2)] : items(page * 3 - 2, page * 3),
      })),
      PAGES,
      6,
      'GET /hoso, page 3',
      /page 3 repeats the row "HS-2" of page 1/,
    ],
    [
      'a row of a page long ago',
      pagesOf((page) => ({
        items:
          page === 10 ? [...items(9_001, 9_500), ...items(17, 17)] : items(page * 1_000 - 999, page * 1_000),
      })),
      PAGES,
      9_000,
      'GET /hoso, page 10',
      /page 10 repeats the row "HS-17" of page 1/,
    ],
    [
      'fewer rows than the total',
      pagesOf((page) => ({ items: page === 1 ? items(1, 5) : [], total: 12 })),
      TOTAL,
      5,
      'GET /hoso, page 2',
      /is the last, with 5 rows of the 12/,
    ],
    [
      'a row that went missing because another was deleted while pages were read',
      pagesOf((page) => ({ items: [items(1, 3), items(5, 6), []][page - 1], total: page === 1 ? 6 : 5 })),
      { paging: '{ kind: page, param: page, sizeParam: size, size: 3 }', more: ', totalPath: total' },
      5,
      'GET /hoso, page 2',
      /is the last, with 5 rows of the 6/,
    ],
    [
      'more rows than the total, which is that of a page',
      pagesOf((page) => ({ items: items(page * 3 - 2, page * 3), total: 3 })),
      { paging: '{ kind: page, param: page, sizeParam: size, size: 3 }', more: ', totalPath: total' },
      3,
      'GET /hoso, page 2',
      /brings the rows to 6, and the total is told as 3/,
    ],
    [
      'a total that runs ahead',
      pagesOf((page) => ({ items: items(page * 500 - 499, page * 500), total: page * 1_000 })),
      TOTAL,
      1_500,
      'GET /hoso, page 4',
      /tells a total of 4000 where the first told 1000/,
    ],
    [
      'new rows without end',
      pagesOf((page) => ({ items: items(page * 100 - 99, page * 100) })),
      { ...PAGES, maxRows: 1_000 },
      1_000,
      'GET /hoso, page 11',
      /goes beyond 1000 rows/,
    ],
    [
      'cursors without end and without rows',
      ({ query }) => json({ items: [], next: Number(query.get('after') ?? 0) + 1 }),
      CURSOR,
      0,
      'GET /hoso, page 101',
      /is the last of 100 empty ones/,
    ],
  ])('end the pass: %s', async (_, fault, settings, told, place, message) => {
    const pass = await readFrom(fault, settings);

    expect(pass.problem).toMatchObject({ code: 'SOURCE_BAD_PAGING', place });
    expect(pass.problem?.message).toMatch(message);
    expect(pass.records).toHaveLength(told);
    expect(pass.isComplete).toBe(false);
    expect(pass.mark).toBeNull();
  });
});
