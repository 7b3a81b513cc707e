import type { FieldSelection, Selection } from './operation-tree';
import type { World } from './worlds/world';

/** An operation that Apollo's gateway answers wrongly, and why: there its answer is not compared. The monolith's always is. */
export interface KnownFault {
  readonly reason: string;
  readonly applies: (fields: readonly FieldSelection[], world: World, hasCondition: boolean) => boolean;
}

const STOCK_FAULTS: readonly KnownFault[] = [
  {
    reason:
      'an alias that is the name of a key or of a required field takes the place of that field in the data of the plan',
    applies: (fields, world) => {
      const needed = neededNames(world);
      return fields.some(({ alias, name }) => alias !== null && alias !== name && needed.has(alias));
    },
  },
  {
    reason: 'a field is required with several arguments, and all of them stand under one key',
    applies: (fields, { name }) =>
      (name === 'shop' && fields.some((one) => ['duty', 'shipping', 'score'].includes(one.name))) ||
      (name === 'plant' && fields.some((one) => ['wear', 'heat', 'risk', 'alarm'].includes(one.name))),
  },
  {
    reason:
      'a subgraph that has an interface as an object gives its name, and that takes the place of the type that is known',
    applies: (fields, { name }) =>
      name === 'media' && fields.some((one) => OF_INTERFACE_OBJECTS.includes(one.name)),
  },
  {
    reason:
      'an alias of __typename for one type of a union takes the values of another type under the same alias',
    applies: (fields) => {
      const typenames = fields.filter(({ name, alias }) => name === '__typename' && alias !== null);
      return typenames.some(({ alias }) =>
        fields.some((one) => one.alias === alias && one.name !== '__typename'),
      );
    },
  },
  {
    reason:
      'what a field with a condition requires is not asked for, and with it goes all that is asked of its entity',
    applies: (fields, world, hasCondition) => {
      const computed = computedNames(world);
      return hasCondition && fields.some(({ name }) => computed.has(name));
    },
  },
  {
    reason: 'a field with a condition is forgotten when everything below it has another',
    applies: (fields) =>
      fields.some(({ condition, selections }) => condition !== null && hasCondition(selections)),
  },
];

/** What Apollo's planner cannot plan, or plans wrongly, and we cannot mend: no answer of ours to compare. */
const PLANNER_FAULTS: readonly KnownFault[] = [
  {
    reason:
      'the planner ends with "would create a cycle" when one type of an interface object needs two subgraphs first',
    applies: (fields, { name }) =>
      name === 'media' &&
      fields.some((one) => one.name === 'shelf') &&
      fields.some((one) => one.name === 'badge'),
  },
];

const OF_INTERFACE_OBJECTS = ['rating', 'reviews', 'similar', 'copies', 'shelf', 'badge'];

/** Why the stock gateway's answer says nothing; null when it must agree. */
export function stockFaultOf(selections: readonly Selection[], world: World): string | null {
  return reasonAmong(STOCK_FAULTS, selections, world);
}

/** Why the planner fails an operation; null when it must not. */
export function plannerFaultOf(selections: readonly Selection[], world: World): string | null {
  return reasonAmong(PLANNER_FAULTS, selections, world);
}

function reasonAmong(
  faults: readonly KnownFault[],
  selections: readonly Selection[],
  world: World,
): string | null {
  const fields = fieldsOf(selections);
  return faults.find(({ applies }) => applies(fields, world, hasCondition(selections)))?.reason ?? null;
}

function fieldsOf(selections: readonly Selection[]): readonly FieldSelection[] {
  return selections.flatMap((one) => [...(one.kind === 'field' ? [one] : []), ...fieldsOf(one.selections)]);
}

function hasCondition(selections: readonly Selection[]): boolean {
  return selections.some((one) => one.condition !== null || hasCondition(one.selections));
}

function computedNames({ subgraphs }: World): ReadonlySet<string> {
  const uses = Object.values(subgraphs).flatMap((typeDefs) => [
    ...typeDefs.matchAll(/(\w+)(?:\([^)]*\))?:\s*\S+ @requires/g),
  ]);
  return new Set(uses.map(([, name = '']) => name));
}

/** Names in the field sets of `@key` and `@requires`. */
function neededNames({ subgraphs }: World): ReadonlySet<string> {
  const sets = Object.values(subgraphs).flatMap((typeDefs) => [
    ...typeDefs.matchAll(/@(?:key|requires)\(fields: "([^"]*)"/g),
  ]);
  return new Set(sets.flatMap(([, fields = '']) => fields.match(/\w+/g) ?? []));
}
