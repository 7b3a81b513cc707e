import { createProceduresContext } from '../../subgraphs/procedures/schema';
import type { ProcedureStore } from '../../subgraphs/procedures/procedure-store';
import { graphql } from 'graphql';
import { createProceduresSubgraph } from '../support/procedures-subgraph';
import { readRegisteredProcedures } from '../support/registered-procedures';

const { deps, schema } = createProceduresSubgraph(readRegisteredProcedures().slice(0, 200));

function countingStore(calls: string[]): ProcedureStore {
  return {
    pages: (requests) => {
      calls.push(`pages ${requests.length}`);
      return deps.store.pages(requests);
    },
    counts: (selections) => {
      calls.push(`counts ${selections.length}`);
      return deps.store.counts(selections);
    },
    find: (codes, asOf) => {
      calls.push(`find ${codes.length}`);
      return deps.store.find(codes, asOf);
    },
  };
}

async function callsOf(source: string, representations: readonly object[]): Promise<string[]> {
  const calls: string[] = [];
  const contextValue = createProceduresContext(
    { store: countingStore(calls) },
    { now: '2024-06-28T03:00:00Z' },
  );
  const { errors } = await graphql({ schema, source, contextValue, variableValues: { of: representations } });
  expect(errors).toBeUndefined();
  return calls;
}

describe('the store is called once', () => {
  it('for all procedures of a request, equal ones once', async () => {
    const codes = ['1.013140', '1.013141', '1.013140', 'unknown'];

    expect(
      await callsOf(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Procedure { name } } }',
        codes.map((code) => ({ __typename: 'Procedure', code })),
      ),
    ).toEqual(['find 3']);
  });

  it('for the pages of all agencies, and not at all for counts nobody asked', async () => {
    expect(
      await callsOf(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Agency { procedures { edges { cursor } } } } }',
        ['H23.X22', 'H23.X23', 'H23.X41'].map((code) => ({ __typename: 'Agency', code })),
      ),
    ).toEqual(['pages 3']);
  });

  it('for the counts of all agencies', async () => {
    expect(
      await callsOf(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Agency { procedures { totalCount } } } }',
        ['H23.X22', 'H23.X23'].map((code) => ({ __typename: 'Agency', code })),
      ),
    ).toEqual(['pages 2', 'counts 2']);
  });
});
