import { Cancellation } from '../../schema/runtime/cancellation';
import { createGatewayUnderTest } from '../support/gateway-under-test';
import { composeSupergraph } from '../support/plain-supergraph';
import { linked } from '../support/worlds/world';

const SDL = composeSupergraph({
  one: linked(
    `type Query { item: Item }  type Mutation { write: Item }  type Item @key(fields: "id") { id: ID! }`,
  ),
  two: linked(`type Item @key(fields: "id") { id: ID!  late: Int }`),
});

describe('a client that goes away', () => {
  it('cancels the calls that are made for it, and none is begun after', async () => {
    const cancellation = new Cancellation();
    const asked: string[] = [];
    const { query } = createGatewayUnderTest(SDL, async (subgraph, request) => {
      asked.push(subgraph);
      await new Promise<void>((resolve) => {
        request.cancellation?.onCancel(resolve);
        cancellation.cancel();
      });
      return { data: { item: { __typename: 'Item', id: '1' } } };
    });

    await query('{ item { late } }', {}, { cancellation });
    expect(asked).toEqual(['one']);
  });

  it('does not cut off a mutation that has begun', async () => {
    let handed: unknown;
    const { query } = createGatewayUnderTest(SDL, (_, request) => {
      handed = request.cancellation;
      return Promise.resolve({ data: { write: { __typename: 'Item', id: '1' } } });
    });

    expect(await query('mutation { write { id } }')).toMatchObject({ data: { write: { id: '1' } } });
    expect(handed).toBeUndefined();
  });
});
