import type { Row, World } from './world';

/**
 * Lists of lists, nulls wherever they may stand and where they may not, enums, custom scalars and input objects; and what clients
 * must not see of all that.
 */
export function createMatrix(): World {
  const cells: Row[] = Array.from({ length: 8 }, (_, at) => cell(at));
  cells.forEach((one, at) => Object.assign(one, neighbours(at, cells)));
  return {
    name: 'matrix',
    subgraphs: SUBGRAPHS,
    entities: cells,
    rules: {
      'Query.grid': () => [[cells[0], null, cells[1]], null, [], [cells[2], cells[3]]],
      'Query.strictGrid': () => [[cells[0], cells[1]], [cells[4]], []],
      'Query.cells': (_, { filter }) => filtered(cells, filter),
      'Query.cell': (_, { id }) => cells.find((one) => one['id'] === id) ?? null,
      'Query.shapes': () => cells.map((one) => one['shape']),
      'Query.echo': (_, { value }) => value ?? null,
      'Query.matching': (_, { states }) =>
        cells.filter((one) => Array.isArray(states) && states.includes(one['state'])),
      'Cell.whisper': ({ hidden }) => `psst, ${String(hidden)}`,
      'Cell.sum': ({ numbers }) =>
        Array.isArray(numbers)
          ? numbers.flat().reduce((sum: number, one) => sum + Number(one ?? 0), 0)
          : null,
    },
    samples: {
      id: ['k0', 'k3', 'k9'],
      value: [{ a: [1, null, 'x'] }, 3, 'text', [true]],
      since: ['2024-01-01', '2024-05-01'],
      minimum: [0, 2, 5, null],
    },
  };
}

function cell(at: number): Row {
  return {
    __typename: 'Cell',
    id: `k${at}`,
    numbers: at === 2 ? null : [[at, null], [], at === 3 ? null : [1, 2]],
    strict: at === 4 ? [[1, null]] : [[at], []],
    half: at === 5 ? [['a'], null] : [['a', null], []],
    state: ['OPEN', 'SHUT', 'SECRET', null][at % 4],
    states: at === 1 ? ['OPEN', 'SECRET'] : ['OPEN', null, 'SHUT'],
    day: at === 3 ? null : `2024-0${at + 1}-01`,
    extra: [{ any: { thing: [at] } }, null, at, 'plain', [null, 1], true, 0, ''][at],
    flag: at % 3 === 0 ? null : at % 2 === 0,
    ratio: at / 3,
    big: at === 6 ? 2 ** 33 : at,
    owner: at === 7 ? null : `o${at}`,
    moved: `moved ${at}`,
    hidden: `hidden ${at}`,
    shape: shape(at),
  };
}

function neighbours(at: number, cells: readonly Row[]): Record<string, unknown> {
  return {
    around: at === 1 ? null : [[cells[(at + 1) % 8], null], [], [cells[(at + 5) % 8]]],
    // Empty where it must not be, for one cell.
    best: at === 6 ? null : cells[(at + 3) % 8],
  };
}

function shape(at: number): Row | null {
  switch (at % 4) {
    case 0:
      return { __typename: 'Circle', $interfaces: ['Sized'], radius: at, area: at * 3.5 };
    case 1:
      return { __typename: 'Square', $interfaces: ['Sized'], side: at === 5 ? null : at, area: null };
    case 2:
      return { __typename: 'Ghost', $interfaces: ['Sized'], area: 1, fear: 10 };
    default:
      return null;
  }
}

function filtered(cells: readonly Row[], filter: unknown): readonly Row[] {
  if (typeof filter !== 'object' || filter === null) return cells.slice(0, 4);
  const { minimum, states, not, since } = filter as Readonly<Record<string, unknown>>;
  const excluded = typeof not === 'object' && not !== null ? filtered(cells, not) : [];
  return cells.filter(
    (one) =>
      (typeof minimum !== 'number' || Number(one['ratio']) * 3 >= minimum) &&
      (!Array.isArray(states) || states.includes(one['state'])) &&
      (typeof since !== 'string' || String(one['day']) >= since) &&
      !excluded.includes(one),
  );
}

const SHAPES = `
    interface Sized { area: Float }
    type Circle implements Sized @shareable { radius: Int!  area: Float }
    type Square implements Sized @shareable { side: Int!  area: Float }
    type Ghost implements Sized @inaccessible @shareable { area: Float  fear: Int }
    union Shape = Circle | Square | Ghost`;

const SUBGRAPHS = {
  table: `
    type Query {
      grid: [[Cell]]
      strictGrid: [[Cell!]!]!
      cells(filter: CellFilter): [Cell!]
      cell(id: ID!): Cell
      echo(value: Anything, depth: Int = 1): Anything
    }
    scalar Anything @tag(name: "loose")
    scalar Day
    input CellFilter { minimum: Int = 1  states: [State!]  not: CellFilter  since: Day  secret: String @inaccessible }
    enum State { OPEN SHUT SECRET @inaccessible }
    type Cell @key(fields: "id") @tag(name: "cells") {
      id: ID!
      numbers: [[Int]]
      strict: [[Int!]!]
      half: [[String]!]
      state: State
      states: [State]
      day: Day
      extra: Anything @tag(name: "loose")
      hidden: String @inaccessible
      moved: String
      around: [[Cell]]
      shape: Sized
    }${SHAPES}`,
  notes: `
    type Query { shapes: [Shape]  matching(states: [State!]! = [OPEN]): [Cell] }
    enum State { OPEN SHUT SECRET @inaccessible }
    type Cell @key(fields: "id") {
      id: ID!
      numbers: [[Int]] @external
      sum: Int @requires(fields: "numbers")
      flag: Boolean
      ratio: Float!
      big: Int
      owner: ID!
      best: Cell!
      moved: String @override(from: "table")
      hidden: String @external
      whisper: String @requires(fields: "hidden")
    }
    ${SHAPES}`,
};
