import { createGatewayUnderTest } from '../support/gateway-under-test';
import { composeSupergraph } from '../support/plain-supergraph';

const OLD = composeSupergraph({ one: 'type Query { a: Int  b: Int  gone: Int }' });
const NEW = composeSupergraph({ one: 'type Query { a: Int  b: Int  added: Int }' });
const answer = () => Promise.resolve({ data: { a: 1, b: 2, gone: 3, added: 4 } });

describe('a new supergraph', () => {
  it('has the most used operations ready before it is adopted, those alone that it can answer', async () => {
    const [old, young] = [createGatewayUnderTest(OLD, answer), createGatewayUnderTest(NEW, answer)];
    const uses = { '{ a }': 1, '{ b }': 5, '{ a b }': 3, '{ gone }': 9, '{ x: a }': 2 };
    for (const [document, times] of Object.entries(uses))
      for (let time = 0; time < times; time++) await old.query(document);

    expect(await young.operations.warm(old.operations, 4)).toBe(3);
    const isReady = (document: string): boolean => young.operations.find(document, undefined) !== undefined;
    expect(Object.keys(uses).filter(isReady)).toEqual(['{ b }', '{ a b }', '{ x: a }']);
  });

  it('has them ready for the conditions that they were asked with', async () => {
    const [old, young] = [createGatewayUnderTest(OLD, answer), createGatewayUnderTest(NEW, answer)];
    const document = 'query ($s: Boolean!) { a @skip(if: $s) b }';
    await old.query(document, { s: true });

    expect(await young.operations.warm(old.operations, 10)).toBe(1);
    expect(await young.query(document, { s: true })).toEqual({ data: { b: 2 }, errors: [] });
    expect(await young.query(document, { s: false })).toEqual({ data: { a: 1, b: 2 }, errors: [] });
  });

  it('is served from then on, and what had begun is finished on the old one', async () => {
    let letGo: () => void = () => undefined;
    const old = createGatewayUnderTest(OLD, async () => {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      return answer();
    });
    const young = createGatewayUnderTest(NEW, answer);
    const begun = old.query('{ a gone }');

    await young.operations.warm(old.operations, 10);
    expect(await young.query('{ added }')).toEqual({ data: { added: 4 }, errors: [] });
    expect((await young.query('{ gone }')).errors[0]?.message).toMatch(/Cannot query field "gone"/);
    letGo();
    expect(await begun).toEqual({ data: { a: 1, gone: 3 }, errors: [] });
  });
});
