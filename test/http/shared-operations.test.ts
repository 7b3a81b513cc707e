import { appendFileSync } from 'node:fs';
import { eventually } from '../support/eventually';
import { type HeldSubgraph, startHeldSubgraph } from '../support/held-subgraph';
import { startTestGateway, type TestGateway } from '../support/test-gateway';

const BOOKS = { query: '{ books { title } }' };
const NOTES = '{"data":{"books":[{"title":"Notes"}]}}';
const NOTES_ANSWER = { data: { books: [{ title: 'Notes' }] } };

let subgraph: HeldSubgraph;
let gateway: TestGateway;
beforeEach(async () => {
  subgraph = await startHeldSubgraph();
  gateway = await startGateway(true);
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await subgraph[Symbol.asyncDispose]();
});

function startGateway(operations: boolean): Promise<TestGateway> {
  return startTestGateway({
    supergraph: subgraph.file,
    sharing: { calls: false, operations },
    callTimeoutMs: 60_000,
    deadlineMs: 60_000,
  });
}

/** Waits until so many requests have joined an execution. */
async function untilJoined(count: number): Promise<void> {
  await eventually(
    () => gateway.log.filter((line) => line.includes('"joins":true')).length,
    (joined) => joined === count,
  );
}

it('runs what is asked twice at the same moment once, and answers both under their own ids', async () => {
  const first = gateway.post(BOOKS, { 'x-request-id': 'one' });
  await subgraph.untilAsked(1);
  const second = gateway.post(BOOKS, { 'x-request-id': 'two' });
  await untilJoined(1);
  subgraph.answer(0, NOTES);

  const answers = await Promise.all([first, second]);

  expect(answers.map(({ status, headers, body }) => [status, headers.get('x-request-id'), body])).toEqual([
    [200, 'one', NOTES_ANSWER],
    [200, 'two', NOTES_ANSWER],
  ]);
  expect(subgraph.asked).toHaveLength(1);
});

it('answers each who joins in the media type it accepts', async () => {
  const first = gateway.post(BOOKS, { accept: 'application/json' });
  await subgraph.untilAsked(1);
  const second = gateway.post(BOOKS, { accept: 'application/graphql-response+json' });
  await untilJoined(1);
  subgraph.answer(0, NOTES);

  const types = (await Promise.all([first, second])).map(({ headers }) => headers.get('content-type'));

  expect(types).toEqual([
    'application/json; charset=utf-8',
    'application/graphql-response+json; charset=utf-8',
  ]);
});

it('asks anew once an answer has come', async () => {
  const first = gateway.post(BOOKS);
  await subgraph.untilAsked(1);
  subgraph.answer(0, NOTES);
  await first;
  const second = gateway.post(BOOKS);
  await subgraph.untilAsked(2);
  subgraph.answer(1, '{"data":{"books":[]}}');

  expect((await second).body).toEqual({ data: { books: [] } });
});

it.each<[string, object, Record<string, string>]>([
  ['an Authorization header', BOOKS, { authorization: 'Bearer x' }],
  ['a Cookie', BOOKS, { cookie: 'a=b' }],
  ['another completeness', BOOKS, { 'lienthong-completeness': 'all' }],
  ['other variables', { ...BOOKS, variables: { a: 1 } }, {}],
  ['another text', { query: '{ books { title } } ' }, {}],
])('shares nothing with a request that has %s', async (_, body, headers) => {
  const first = gateway.post(BOOKS);
  await subgraph.untilAsked(1);
  const second = gateway.post(body, headers);
  await subgraph.untilAsked(2);
  subgraph.answer(1, '{"data":{"books":[]}}');
  subgraph.answer(0, NOTES);

  expect((await first).body).toEqual(NOTES_ANSWER);
  expect((await second).body).toEqual({ data: { books: [] } });
});

it('shares nothing between two who show the same credentials', async () => {
  const asked = [1, 2].map(() => gateway.post(BOOKS, { authorization: 'Bearer x' }));
  await subgraph.untilAsked(2);
  for (const place of [0, 1]) subgraph.answer(place, NOTES);

  expect((await Promise.all(asked)).map(({ body }) => body)).toEqual([NOTES_ANSWER, NOTES_ANSWER]);
});

it('shares nothing where it is switched off', async () => {
  await using alone = await startGateway(false);
  const asked = [1, 2].map(() => alone.post(BOOKS));
  await subgraph.untilAsked(2);
  for (const place of [0, 1]) subgraph.answer(place, NOTES);

  expect((await Promise.all(asked)).map(({ body }) => body)).toEqual([NOTES_ANSWER, NOTES_ANSWER]);
});

it('lets nobody join what was begun under another supergraph', async () => {
  const before = gateway.post(BOOKS);
  await subgraph.untilAsked(1);
  appendFileSync(subgraph.file, '\n# changed\n');
  await eventually(
    () => gateway.log.some((line) => line.includes('Adopted the changed supergraph')),
    (isAdopted) => isAdopted,
  );
  const after = gateway.post(BOOKS);
  await subgraph.untilAsked(2);
  for (const place of [0, 1]) subgraph.answer(place, NOTES);

  expect((await Promise.all([before, after])).map(({ body }) => body)).toEqual([NOTES_ANSWER, NOTES_ANSWER]);
});

describe('a mutation', () => {
  const TOUCH = { query: 'mutation { touch }' };

  it('runs as often as it is asked', async () => {
    const asked = [1, 2].map(() => gateway.post(TOUCH));
    await subgraph.untilAsked(2);
    for (const place of [0, 1]) subgraph.answer(place, `{"data":{"touch":${place}}}`);

    expect(new Set((await Promise.all(asked)).map(({ body }) => JSON.stringify(body))).size).toBe(2);
  });

  it('is not followed by an answer that was read before it', async () => {
    const before = gateway.post(BOOKS);
    await subgraph.untilAsked(1);
    const touched = gateway.post(TOUCH);
    await subgraph.untilAsked(2);
    subgraph.answer(1, '{"data":{"touch":1}}');
    await touched;
    const after = gateway.post(BOOKS);
    await subgraph.untilAsked(3);
    subgraph.answer(2, '{"data":{"books":[]}}');
    subgraph.answer(0, NOTES);

    expect((await after).body).toEqual({ data: { books: [] } });
    expect((await before).body).toEqual(NOTES_ANSWER);
  });

  it('lets nobody who comes while it runs join what was begun before it', async () => {
    const before = gateway.post(BOOKS);
    await subgraph.untilAsked(1);
    const touched = gateway.post(TOUCH);
    await subgraph.untilAsked(2);
    const during = gateway.post(BOOKS);
    await subgraph.untilAsked(3);
    subgraph.answer(2, '{"data":{"books":[]}}');
    subgraph.answer(1, '{"data":{"touch":1}}');
    subgraph.answer(0, NOTES);

    expect((await during).body).toEqual({ data: { books: [] } });
    expect((await before).body).toEqual(NOTES_ANSWER);
    expect((await touched).body).toEqual({ data: { touch: 1 } });
  });

  it('is not followed by an answer that was read while it ran', async () => {
    const touched = gateway.post(TOUCH);
    await subgraph.untilAsked(1);
    const during = gateway.post(BOOKS);
    await subgraph.untilAsked(2);
    subgraph.answer(0, '{"data":{"touch":1}}');
    await touched;
    const after = gateway.post(BOOKS);
    await subgraph.untilAsked(3);
    subgraph.answer(2, '{"data":{"books":[]}}');
    subgraph.answer(1, NOTES);

    expect((await after).body).toEqual({ data: { books: [] } });
    expect((await during).body).toEqual(NOTES_ANSWER);
  });
});

describe('a client that goes away', () => {
  it('takes nothing from those who wait with it', async () => {
    const leaver = new AbortController();
    const first = ask(leaver.signal);
    await subgraph.untilAsked(1);
    const second = gateway.post(BOOKS);
    await untilJoined(1);
    leaver.abort();
    await expect(first).rejects.toThrow('aborted');
    subgraph.answer(0, NOTES);

    expect((await second).body).toEqual(NOTES_ANSWER);
    expect(subgraph.asked).toHaveLength(1);
  });

  it('lets go of the subgraph when it was the last, and nobody joins any more', async () => {
    const leavers = [new AbortController(), new AbortController()];
    const [first, second] = [leavers[0], leavers[1]].map((leaver) => leaver?.signal);
    const asked = [ask(first)];
    await subgraph.untilAsked(1);
    asked.push(ask(second));
    await untilJoined(1);
    for (const leaver of leavers) leaver.abort();
    await Promise.allSettled(asked);
    await subgraph.untilLetGo(0);

    const next = gateway.post(BOOKS);
    await subgraph.untilAsked(2);
    subgraph.answer(1, NOTES);
    expect((await next).body).toEqual(NOTES_ANSWER);
  });

  function ask(signal: AbortSignal | undefined): Promise<Response> {
    return fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(BOOKS),
      ...(signal !== undefined && { signal }),
    });
  }
});

describe('the deadline of each who waits', () => {
  // Long enough for others to join meanwhile, on a busy machine too.
  const soon = { 'lienthong-deadline-ms': '2000' };
  const LATE = {
    data: { books: null },
    errors: [{ path: ['books'], extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'books' } }],
  };

  it('is kept when it comes before that of the execution', async () => {
    const patient = gateway.post(BOOKS);
    await subgraph.untilAsked(1);
    const hasty = gateway.post(BOOKS, soon);
    await untilJoined(1);

    expect((await hasty).body).toMatchObject(LATE);
    subgraph.answer(0, NOTES);
    expect((await patient).body).toEqual(NOTES_ANSWER);
    expect(subgraph.asked).toHaveLength(1);
  });

  it('is kept when it comes after that of the execution: what is late is asked again, once for all who have time', async () => {
    const hasty = gateway.post(BOOKS, soon);
    await subgraph.untilAsked(1);
    const patient = [1, 2, 3].map(() => gateway.post(BOOKS));
    await untilJoined(3);

    expect((await hasty).body).toMatchObject(LATE);
    await subgraph.untilAsked(2);
    subgraph.answer(1, NOTES);
    expect((await Promise.all(patient)).map(({ body }) => body)).toEqual(patient.map(() => NOTES_ANSWER));
    expect(subgraph.asked).toHaveLength(2);
  });
});

it('shows each the id of its own request where something failed inside, and logs each', async () => {
  const first = gateway.post(BOOKS, { 'x-request-id': 'one' });
  await subgraph.untilAsked(1);
  const second = gateway.post(BOOKS, { 'x-request-id': 'two' });
  await untilJoined(1);
  subgraph.answer(0, '{"data":{"books":null},"errors":[{"message":"at db-7","path":["books"]}]}');

  const errors = (await Promise.all([first, second])).map(({ body }) => body.errors);

  const hidden = (requestId: string) => ({
    message: 'Internal server error',
    path: ['books'],
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  });
  expect(errors).toEqual([[hidden('one')], [hidden('two')]]);
  const logged = gateway.log.filter((line) => line.includes('at db-7'));
  expect(logged.map((line) => /"requestId":"(\w+)"/.exec(line)?.[1]).sort()).toEqual(['one', 'two']);
});
