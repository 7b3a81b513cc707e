import type { Row, World } from './world';

interface Account {
  readonly __typename: 'Account';
  readonly id: string;
  readonly opened: number;
  balance: number;
  readonly log: string[];
}

/**
 * Mutations of two subgraphs whose results tell in which order they ran. Each world has books of its own. What changes is not
 * reached through entities: mutations that follow each other in one subgraph are one request, and what another subgraph adds to
 * their results is read after all of them.
 */
export function createLedger(): World {
  const accounts = ['x', 'y'].map((id): Account => ({
    __typename: 'Account',
    id,
    opened: 1990,
    balance: 10,
    log: [],
  }));
  let turn = 0;
  const entry = (id: unknown, what: string, by: number): Row | Error | null => {
    const account = accounts.find((one) => one.id === id);
    if (account === undefined) return null;
    if (account.balance + by < 0) return new Error(`Account ${account.id} holds ${account.balance} only`);
    account.balance += by;
    account.log.push(`${what} ${by}`);
    turn += 1;
    return {
      __typename: 'Entry',
      turn,
      account,
      balance: account.balance,
    };
  };
  return {
    name: 'ledger',
    subgraphs: SUBGRAPHS,
    entities: accounts.map((one) => one as unknown as Row),
    rules: {
      'Query.statements': () => accounts.map((one) => ({ ...one, __typename: 'Statement' })),
      'Mutation.deposit': (_, { id, amount }) => entry(id, 'deposit', Number(amount)),
      'Mutation.withdraw': (_, { id, amount }) => entry(id, 'withdraw', -Number(amount)),
      'Mutation.rename': (_, { id }) => accounts.find((one) => one.id === id) ?? null,
      'Mutation.tick': () => (turn += 1),
      'Account.owner': ({ id }) => `owner of ${String(id)}`,
    },
    samples: { id: ['x', 'y', 'z'], amount: [1, 5, 20] },
  };
}

const SUBGRAPHS = {
  books: `
    type Query { statements: [Statement!]! }
    type Statement { id: ID!  balance: Int!  log: [String!]! }
    type Mutation { deposit(id: ID!, amount: Int!): Entry  tick: Int! }
    type Account @key(fields: "id") { id: ID!  opened: Int! }
    type Entry @shareable { turn: Int!  balance: Int!  account: Account! }`,
  teller: `
    type Mutation { withdraw(id: ID!, amount: Int! = 1): Entry  rename(id: ID!): Account }
    type Account @key(fields: "id") { id: ID!  owner: String }
    type Entry @shareable { turn: Int!  balance: Int!  account: Account! }`,
};
