import { type DirectiveNode, type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';

/** What a supergraph says of its subgraphs and a query plan does not. */
export interface SubgraphFacts {
  /** Whether fields of an entity make one of its keys by which the subgraph can be entered. */
  hasKey(subgraph: string, typeName: string, fieldNames: ReadonlySet<string>): boolean;
  /** The selection of the first key by which a subgraph can be entered for a type; null when there is none. */
  keyOf(subgraph: string, typeName: string): SelectionSetNode | null;
  /** What a field needs of its entity in a subgraph: the selection of its `@requires`; null for most fields. */
  requirementOf(subgraph: string, typeName: string, fieldName: string): SelectionSetNode | null;
  readonly hasRequirements: boolean;
  /** Interfaces that some subgraph has as an object: as the name of a type they leave open which type it is. */
  readonly interfaceObjects: ReadonlySet<string>;
}

/** @param document the supergraph that plans are made for. */
export function readSubgraphFacts(document: DocumentNode): SubgraphFacts {
  const names = subgraphNames(document);
  const keys = new Map<string, SelectionSetNode[]>();
  const requirements = new Map<string, SelectionSetNode>();
  const interfaceObjects = new Set<string>();
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    const typeName = definition.name.value;
    for (const join of named(definition.directives, 'join__type')) {
      readKey(keys, names, typeName, join);
      if (argumentOf(join, 'isInterfaceObject') === 'true') interfaceObjects.add(typeName);
    }
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? [])
      for (const join of named(field.directives, 'join__field')) {
        const fields = argumentOf(join, 'requires');
        const subgraph = names.get(argumentOf(join, 'graph') ?? '');
        if (fields !== null)
          requirements.set(`${subgraph} ${typeName}.${field.name.value}`, parseFieldSet(fields));
      }
  }
  return {
    hasKey: (subgraph, typeName, fieldNames) =>
      keys
        .get(`${subgraph} ${typeName}`)
        ?.some((key) => [...fieldNamesOf(key)].every((name) => fieldNames.has(name))) ?? false,
    keyOf: (subgraph, typeName) => keys.get(`${subgraph} ${typeName}`)?.[0] ?? null,
    hasRequirements: requirements.size > 0,
    requirementOf: (subgraph, typeName, fieldName) =>
      requirements.get(`${subgraph} ${typeName}.${fieldName}`) ?? null,
    interfaceObjects,
  };
}

function readKey(
  keys: Map<string, SelectionSetNode[]>,
  names: ReadonlyMap<string, string>,
  typeName: string,
  join: DirectiveNode,
): void {
  const fields = argumentOf(join, 'key');
  if (fields === null || argumentOf(join, 'resolvable') === 'false') return;
  const id = `${names.get(argumentOf(join, 'graph') ?? '')} ${typeName}`;
  keys.set(id, [...(keys.get(id) ?? []), parseFieldSet(fields)]);
}

/** Names directly on the entity, whatever the fragments. */
function fieldNamesOf({ selections }: SelectionSetNode): ReadonlySet<string> {
  return new Set(
    selections.flatMap((one): readonly string[] => {
      if (one.kind === Kind.FIELD) return [one.name.value];
      return one.kind === Kind.INLINE_FRAGMENT ? [...fieldNamesOf(one.selectionSet)] : [];
    }),
  );
}

/** Subgraphs' names by their names in the supergraph's enum. */
export function subgraphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = document.definitions.find(
    (one) => one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return new Map();
  return new Map(
    graphs.values?.map(({ name, directives }) => {
      const [join] = named(directives, 'join__graph');
      return [name.value, (join && argumentOf(join, 'name')) ?? name.value] as const;
    }),
  );
}

function named(directives: readonly DirectiveNode[] = [], name: string): readonly DirectiveNode[] {
  return directives.filter((directive) => directive.name.value === name);
}

/** An argument of a directive as text; null when it is not there. */
function argumentOf({ arguments: given }: DirectiveNode, name: string): string | null {
  const value = given?.find((argument) => argument.name.value === name)?.value;
  return value === undefined || !('value' in value) ? null : String(value.value);
}

function parseFieldSet(fields: string): SelectionSetNode {
  const [operation] = parse(`{${fields}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`"${fields}" selects no fields`);
  return operation.selectionSet;
}
