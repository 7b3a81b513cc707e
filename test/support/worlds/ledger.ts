import type { Row, World } from './world';

interface Account {
  readonly __typename: 'Account';
  readonly id: string;
  balance: number;
  readonly log: string[];
}

/** Mutations of two subgraphs whose results tell in which order they ran. Each world has books of its own. */
export function createLedger(): World {
  const accounts = ['x', 'y'].map((id): Account => ({ __typename: 'Account', id, balance: 10, log: [] }));
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
      account: { ...account, log: [...account.log] },
      balance: account.balance,
    };
  };
  return {
    name: 'ledger',
    subgraphs: SUBGRAPHS,
    entities: accounts.map((one) => one as unknown as Row),
    rules: {
      'Query.accounts': () => accounts,
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
    type Query { accounts: [Account!]! }
    type Mutation { deposit(id: ID!, amount: Int!): Entry  tick: Int! }
    type Account @key(fields: "id") { id: ID!  balance: Int!  log: [String!]! }
    type Entry @shareable { turn: Int!  balance: Int!  account: Account! }`,
  teller: `
    type Mutation { withdraw(id: ID!, amount: Int! = 1): Entry!  rename(id: ID!): Account }
    type Account @key(fields: "id") { id: ID!  owner: String }
    type Entry @shareable { turn: Int!  balance: Int!  account: Account! }`,
};
