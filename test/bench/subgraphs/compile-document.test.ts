import { createAnswerer } from './answer-body';
import { federatedRoot } from './federated-root';
import { createSubgraphs } from './rows';

describe('a subgraph of the bench', () => {
  it('answers aliased entity fetches in the order of their representations, null for what it does not hold', () => {
    const query = `query($a: [_Any!]!, $b: [_Any!]!) {
      first: _entities(representations: $a) { ... on Agency { place: id level } }
      second: _entities(representations: $b) { ...Name }
    }
    fragment Name on Agency { id }`;

    const agency = (id: string) => ({ __typename: 'Agency', id });
    expect(
      ask('agencies', query, { a: [agency('A2'), agency('A0'), agency('A2')], b: [agency('none')] }),
    ).toEqual({
      data: {
        first: [
          { place: 'A2', level: 'xã' },
          { place: 'A0', level: 'tỉnh' },
          { place: 'A2', level: 'xã' },
        ],
        second: [null],
      },
    });
  });

  it('merges selections of one key', () => {
    const query = '{ dossiers(first: 1, from: 3) { officer { id } officer { __typename } } }';

    expect(ask('dossiers', query, {})).toEqual({
      data: { dossiers: [{ officer: { id: 'O3', __typename: 'Officer' } }] },
    });
  });

  it('refuses a field that belongs to another subgraph', () => {
    expect(ask('dossiers', '{ dossiers(first: 1, from: 0) { officer { name } } }', {})).toEqual({
      errors: [{ message: 'Officer.name is not in this subgraph' }],
    });
  });
});

function ask(name: string, query: string, variables: object): unknown {
  const subgraph = createSubgraphs().find((one) => one.name === name);
  if (!subgraph) throw new Error(`There is no subgraph ${name}`);
  return JSON.parse(
    createAnswerer(federatedRoot(subgraph, ''))(JSON.stringify({ query, variables })).toString(),
  );
}
