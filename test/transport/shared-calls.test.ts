import {
  type SubgraphAnswer,
  type SubgraphCall,
  createSubgraphCaller,
} from '../../gateway/transport/call-subgraph';
import { Cancellation } from '../../schema/runtime/cancellation';
import { failureOf } from '../support/failure-of';
import { type GatedSystem, startGatedSystem } from '../support/gated-system';

const caller = createSubgraphCaller({ sharesReads: true });
afterAll(() => caller.close());
const ANSWER = '{"data":{"list":[1,2]}}';

describe('identical reads in flight', () => {
  it('are one call to the system', async () => {
    await using system = await startGatedSystem();

    const answers = [read(system), read(system), read(system)];
    (await system.asked(0)).answer(ANSWER);

    const data = { data: { list: [1, 2] } };
    expect(await Promise.all(answers)).toEqual([data, data, data]);
    expect(system.calls).toHaveLength(1);
  });

  it('may be changed by each who got an answer', async () => {
    await using system = await startGatedSystem();

    const answers = [read(system), read(system)];
    (await system.asked(0)).answer(ANSWER);
    const [first, second] = await Promise.all(answers);
    (first?.data?.['list'] as number[]).push(3);

    expect(second).toEqual({ data: { list: [1, 2] } });
  });

  it('may be changed also when the answer is long', async () => {
    await using system = await startGatedSystem();
    const text = 'x'.repeat(300_000);

    const answers = [read(system), read(system), read(system)];
    (await system.asked(0)).answer(JSON.stringify({ data: { text } }));

    const [first, second, third] = await Promise.all(answers);
    expect(first).toEqual({ data: { text } });
    expect(second).toEqual(first);
    expect(second?.data).not.toBe(first?.data);
    expect(third?.data).not.toBe(second?.data);
    expect(system.calls).toHaveLength(1);
  });

  it('share a failure', async () => {
    await using system = await startGatedSystem();

    const failures = [failureOf(read(system)), failureOf(read(system))];
    (await system.asked(0)).answer('<html>');

    expect((await Promise.all(failures)).map(({ kind }) => kind)).toEqual(['BAD_RESPONSE', 'BAD_RESPONSE']);
    expect(system.calls).toHaveLength(1);
  });

  it('share nothing once the answer is there', async () => {
    await using system = await startGatedSystem();

    const first = read(system);
    (await system.asked(0)).answer(ANSWER);
    await first;
    const second = read(system);
    (await system.asked(1)).answer('{"data":{"list":[]}}');

    expect(await second).toEqual({ data: { list: [] } });
  });

  it.each<[string, Partial<SubgraphCall>]>([
    ['the time left', { headers: { 'lienthong-now': 'a', 'lienthong-deadline-ms': '4999' } }],
    ['the request id', { headers: { 'x-request-id': '2', 'lienthong-now': 'a' } }],
    ['less time left', { timeoutMs: 4000 }],
  ])('may differ by %s', async (_, changes) => {
    await using system = await startGatedSystem();

    const answers = [read(system), read(system, changes)];
    (await system.asked(0)).answer(ANSWER);

    expect(await Promise.all(answers)).toHaveLength(2);
    expect(system.calls).toHaveLength(1);
  });
});

describe('a call of its own', () => {
  it.each<[string, Partial<SubgraphCall>]>([
    ['another body', { body: '{"query":"{b}"}' }],
    ['another instant', { headers: { 'lienthong-now': 'b' } }],
    ['another header', { headers: { 'lienthong-now': 'a', 'accept-language': 'vi' } }],
    ['a header less', { headers: {} }],
    ['another viewer class', { viewerClass: 'officer' }],
    ['much more time left', { timeoutMs: 9000 }],
  ])('is made for %s', async (_, changes) => {
    await using system = await startGatedSystem();

    const answers = [read(system), read(system, changes)];
    (await system.asked(0)).answer('{"data":{"a":0}}');
    (await system.asked(1)).answer('{"data":{"a":1}}');

    expect(await Promise.all(answers)).toEqual(
      expect.arrayContaining([{ data: { a: 0 } }, { data: { a: 1 } }]),
    );
  });

  it('is made for another address', async () => {
    await using one = await startGatedSystem();
    await using other = await startGatedSystem();

    const answers = [read(one), read(other)];
    (await one.asked(0)).answer('{"data":{"a":1}}');
    (await other.asked(0)).answer('{"data":{"a":2}}');

    expect(await Promise.all(answers)).toEqual([{ data: { a: 1 } }, { data: { a: 2 } }]);
  });

  it('is made by everybody without a viewer class', async () => {
    await using system = await startGatedSystem();

    const answers = [read(system, { viewerClass: null }), read(system, { viewerClass: null })];
    (await system.asked(0)).answer(ANSWER);
    (await system.asked(1)).answer(ANSWER);

    expect(await Promise.all(answers)).toHaveLength(2);
  });

  it('is made by everybody when sharing is off', async () => {
    const alone = createSubgraphCaller({ sharesReads: false });
    await using system = await startGatedSystem();

    const answers = [read(system, {}, alone), read(system, {}, alone)];
    (await system.asked(0)).answer(ANSWER);
    (await system.asked(1)).answer(ANSWER);

    expect(await Promise.all(answers)).toHaveLength(2);
    await alone.close();
  });
});

describe('a longer call', () => {
  it('takes the place of a shorter one, and those who come later join it', async () => {
    await using system = await startGatedSystem();

    const short = read(system, { timeoutMs: 3000 });
    const long = read(system, { timeoutMs: 9000 });
    const later = read(system, { timeoutMs: 9000 });
    await system.asked(1);
    for (const call of system.calls) call.answer(ANSWER);

    expect(await Promise.all([short, long, later])).toHaveLength(3);
    expect(system.calls).toHaveLength(2);
  });
});

describe('a mutation', () => {
  it('is never shared', async () => {
    await using system = await startGatedSystem();

    const answers = [read(system, { isMutation: true }), read(system, { isMutation: true })];
    (await system.asked(0)).answer(ANSWER);
    (await system.asked(1)).answer(ANSWER);

    expect(await Promise.all(answers)).toHaveLength(2);
  });

  it('ends the joining of calls begun before it, to whatever system; who joined already keeps the call', async () => {
    await using system = await startGatedSystem();
    await using written = await startGatedSystem();

    const before = [read(system), read(system)];
    await system.asked(0);
    const mutation = read(written, { isMutation: true });
    const after = read(system);
    const later = await system.asked(1);
    system.calls[0]?.answer('{"data":{"a":"before"}}');
    later.answer('{"data":{"a":"after"}}');
    (await written.asked(0)).answer(ANSWER);
    await mutation;

    expect(await Promise.all(before)).toEqual([{ data: { a: 'before' } }, { data: { a: 'before' } }]);
    expect(await after).toEqual({ data: { a: 'after' } });
  });

  it('ends the joining of calls begun while it ran, so that who saw it done reads what it did', async () => {
    await using system = await startGatedSystem();
    await using written = await startGatedSystem();

    const mutation = read(written, { isMutation: true });
    const during = read(system);
    await system.asked(0);
    (await written.asked(0)).answer(ANSWER);
    await mutation;
    const after = read(system);
    await system.asked(1);
    for (const call of system.calls) call.answer(ANSWER);

    expect(await Promise.all([during, after])).toHaveLength(2);
  });

  it('ends the joining also when nobody waits for its end any more', async () => {
    await using system = await startGatedSystem();
    await using written = await startGatedSystem();

    const mutation = failureOf(read(written, { isMutation: true, timeoutMs: 30 }));
    const during = read(system);
    await system.asked(0);
    expect(await mutation).toMatchObject({ kind: 'TIMEOUT' });
    const after = read(system);
    await system.asked(1);
    for (const call of system.calls) call.answer(ANSWER);

    expect(await Promise.all([during, after])).toHaveLength(2);
  });
});

describe('who no longer waits', () => {
  it('leaves the call to the others', async () => {
    await using system = await startGatedSystem();
    const cancellation = new Cancellation();

    const gone = failureOf(read(system, { cancellation }));
    const stays = read(system);
    const call = await system.asked(0);
    cancellation.cancel();

    expect(await gone).toMatchObject({ kind: 'TIMEOUT', message: 'The call was given up' });
    call.answer(ANSWER);
    expect(await stays).toEqual({ data: { list: [1, 2] } });
  });

  it('ends the call as the last one, and who comes then makes a new one', async () => {
    await using system = await startGatedSystem();
    const [one, other] = [new Cancellation(), new Cancellation()];

    const gone = [
      failureOf(read(system, { cancellation: one })),
      failureOf(read(system, { cancellation: other })),
    ];
    const call = await system.asked(0);
    one.cancel();
    other.cancel();
    await Promise.all(gone);
    await call.hungUp;
    const next = read(system);
    (await system.asked(1)).answer(ANSWER);

    expect(await next).toEqual({ data: { list: [1, 2] } });
  });

  it('goes by its own deadline and says its own time', async () => {
    await using system = await startGatedSystem();

    const stays = read(system);
    const call = await system.asked(0);
    const late = await failureOf(read(system, { timeoutMs: 40 }));

    expect(late).toMatchObject({ kind: 'TIMEOUT', message: 'The system did not answer within 40 ms' });
    expect(late.tookMs).toBeGreaterThanOrEqual(39);
    call.answer(ANSWER);
    expect(await stays).toEqual({ data: { list: [1, 2] } });
    expect(system.calls).toHaveLength(1);
  });
});

function read(
  { url }: GatedSystem,
  changes: Partial<SubgraphCall> = {},
  by = caller,
): Promise<SubgraphAnswer> {
  return by.call({
    url,
    body: '{"query":"{a}"}',
    headers: { 'lienthong-now': 'a', 'x-request-id': '1' },
    timeoutMs: 5000,
    isMutation: false,
    viewerClass: 'anonymous',
    ...changes,
  });
}
