import type { Row, Values, World } from './world';

/**
 * `@requires` of lists, interfaces and fields with arguments, in three subgraphs that require each other's; keys that not all
 * subgraphs share, some of which enter nothing; root fields that several subgraphs have. What fails may be null: the planner asks
 * all members of an interface for what is selected below the same field of one of them, and a failure that takes the object away
 * would take it from all.
 */
export function createPlant(): World {
  const people: Row[] = [
    { __typename: 'Worker', id: 'w1', name: 'An', hours: 40 },
    { __typename: 'Robot', id: 'r1', name: 'R-1', model: null, volts: 230 },
    { __typename: 'Worker', id: 'w2', name: 'Bình', hours: null },
  ];
  const parts: Row[] = [0, 1, 2, 3, 4].map(part);
  const machines: Row[] = Array.from({ length: 6 }, (_, at) => machine(at, people, parts));
  machines.forEach((one, at) =>
    Object.assign(one, {
      feeds: at === 2 ? null : [machines[(at + 1) % 6], null],
      twin: machines[(at + 3) % 6],
    }),
  );
  people.forEach((one, at) => Object.assign(one, { runs: machines.slice(at, at + 2) }));
  parts.forEach((one, at) => Object.assign(one, { fits: at === 3 ? [] : [machines[at], machines[5]] }));
  return {
    name: 'plant',
    subgraphs: SUBGRAPHS,
    entities: [...people, ...parts, ...machines],
    rules: {
      'Query.machines': (_, { first }) => machines.slice(0, typeof first === 'number' ? first : 6),
      'Query.machine': (_, { id }) => machines.find((one) => one['id'] === id) ?? null,
      'Query.worn': () => machines.slice(2, 5),
      'Query.risky': () => [machines[4], machines[0]],
      'Query.crew': () => people,
      'Query.store': () => parts,
      'Query.version': () => 3,
      'Machine.load': ({ kilos }, { unit, add }) =>
        typeof kilos === 'number' ? (unit === 'LB' ? kilos * 2 : kilos) + Number(add ?? 0) : null,
      'Machine.wear': ({ parts: held, load }) => weightOf(held) + Number(load ?? -1),
      'Machine.heat': ({ load }) => (typeof load === 'number' ? load * 3 : null),
      'Machine.risk': ({ wear, load }) => `${String(wear)} of ${String(load)}`,
      'Machine.alarm': ({ wear, heat }) => `${String(wear)}, ${String(heat)}`,
      'Gear.shine': ({ teeth }) => Number(teeth ?? 0) * 100,
    },
    samples: { id: ['m0', 'm3', 'none'], first: [1, 2, 6, null], add: [0, 5] },
  };
}

function part(at: number): Row {
  const common = { id: `p${at}`, name: at === 1 ? null : `part ${at}`, stock: at === 4 ? null : at };
  return at % 2 === 0
    ? { ...common, __typename: 'Gear', $interfaces: ['Part'], teeth: at === 2 ? null : 10 + at }
    : { ...common, __typename: 'Belt', $interfaces: ['Part'], length: at * 2 };
}

function machine(at: number, people: readonly Row[], parts: readonly Row[]): Row {
  return {
    __typename: 'Machine',
    id: `m${at}`,
    serial: `s${at % 3}`,
    line: { __typename: 'Line', code: at < 3 ? 'north' : 'south', length: at },
    kilos: at === 5 ? null : at * 10,
    parts: at === 3 ? null : [parts[at % 5], at === 4 ? null : parts[(at + 1) % 5]],
    spare: at === 1 ? null : parts[(at + 2) % 5],
    operator: at === 4 ? null : people[at % 3],
    shifts: at === 0 ? null : [[people[at % 3], null], [], [people[(at + 1) % 3]]],
    colour: at === 2 ? new Error('it was painted over') : 'red',
  };
}

/** What is given of the parts, and nothing else, so that a part too many or too few is seen. */
function weightOf(parts: unknown): number {
  if (!Array.isArray(parts)) return -1000;
  // Asked for by the field's `@requires`: objects or nulls.
  return (parts as readonly (Values | null)[]).reduce((sum, one) => {
    if (one === null) return sum + 1000;
    return sum + Number(one['teeth'] ?? 7) + Number(one['length'] ?? 0) * 100;
  }, 0);
}

const PARTS = 'interface Part { id: ID! }';

const SUBGRAPHS = {
  floor: `
    type Query { machines(first: Int): [Machine!]  machine(id: ID!): Machine  version: Int @shareable  store: [Part] }
    type Machine @key(fields: "id") @key(fields: "serial line { code }") {
      id: ID!
      serial: String!
      line: Line!
      load(unit: Unit! = KG, add: Int): Float
      parts: [Part]
      spare: Part
      feeds: [Machine]
      colour: String
    }
    type Line @shareable { code: String!  length: Int }
    enum Unit { KG LB }
    interface Part { id: ID!  name: String }
    type Gear implements Part @key(fields: "id") { id: ID!  name: String  teeth: Int }
    type Belt implements Part @key(fields: "id") { id: ID!  name: String  length: Int! }`,
  wear: `
    type Query { worn: [Machine]  version: Int @shareable }
    type Machine @key(fields: "id") {
      id: ID!
      parts: [Part] @external
      load(unit: Unit! = KG, add: Int): Float @external
      wear: Int @requires(fields: "parts { id ... on Gear { teeth } ... on Belt { length } } load(unit: LB)")
      heat: Float @requires(fields: "load(unit: KG, add: 5)")
      twin: Machine!
    }
    enum Unit { KG LB }
    ${PARTS}
    type Gear implements Part @key(fields: "id") { id: ID!  teeth: Int @external }
    type Belt implements Part @key(fields: "id") { id: ID!  length: Int! @external }`,
  safety: `
    type Query { risky: [Machine!]  version: Int @shareable }
    type Machine @key(fields: "serial line { code }") {
      serial: String!
      line: Line!
      wear: Int @external
      heat: Float @external
      load(unit: Unit! = KG, add: Int): Float @external
      risk: String @requires(fields: "wear load(unit: KG)")
      alarm: String @requires(fields: "heat wear")
      operator: Operator
      shifts: [[Operator]]
    }
    type Line @shareable { code: String!  length: Int }
    enum Unit { KG LB }
    union Operator = Worker | Robot
    type Worker @key(fields: "id", resolvable: false) { id: ID! }
    type Robot @key(fields: "id", resolvable: false) { id: ID! }`,
  crew: `
    type Query { crew: [Operator!]! }
    union Operator = Worker | Robot
    type Worker @key(fields: "id") { id: ID!  name: String!  hours: Int  runs: [Machine!] }
    type Robot @key(fields: "id") { id: ID!  name: String  model: String  volts: Int!  runs: [Machine] }
    type Machine @key(fields: "id", resolvable: false) { id: ID! }`,
  stores: `
    interface Part { id: ID!  stock: Int  fits: [Machine!] }
    type Gear implements Part @key(fields: "id") {
      id: ID!  stock: Int  fits: [Machine!]  teeth: Int @external  shine: Int @requires(fields: "teeth")
    }
    type Belt implements Part @key(fields: "id") { id: ID!  stock: Int  fits: [Machine!] }
    type Machine @key(fields: "id", resolvable: false) { id: ID! }`,
};
