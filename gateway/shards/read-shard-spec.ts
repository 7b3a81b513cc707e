import { Kind, OperationTypeNode, parse, print } from 'graphql';
import type {
  ConstDirectiveNode,
  DefinitionNode,
  FieldDefinitionNode,
  InputObjectTypeDefinitionNode,
  InputValueDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  UnionTypeDefinitionNode,
} from 'graphql';
import {
  directiveArguments,
  isListType,
  namedTypeOf,
  type ArgumentShape,
  type Completeness,
  type EntityRoute,
  type FieldShape,
  type Gather,
  type GatherRule,
  type Route,
  type ShardedGraph,
  type ShardSpec,
  type TypeShape,
} from './shard-spec';
import { checkShardSpec, ShardSpecError } from './check-shard-spec';

const SPEC_IDENTITY = 'https://specs.lienthong.vn/shard';

/**
 * Reads @shardBy, @shardArg and @gather from a composed supergraph.
 *
 * @throws ShardSpecError naming every field whose values have no rule, every type that cannot be routed, and so on (design: composition check).
 */
export function readShardSpec(supergraphSdl: string): ShardSpec {
  const definitions = parse(supergraphSdl, { noLocation: true }).definitions;
  if (!definitions.some(linksShardSpec)) return { graphs: new Map() };
  const graphNames = readGraphNames(definitions);
  const problems: string[] = [];
  const sharded = new Set(composites(definitions).flatMap((type) => shardBys(type).map((by) => by.graph)));
  const known = new Set(graphNames.values());
  for (const name of sharded)
    if (!known.has(name))
      problems.push(`@shardBy names the graph "${name}", but the supergraph has ${[...known].join(', ')}`);
  const graphs = new Map<string, ShardedGraph>();
  for (const [enumValue, name] of graphNames) {
    if (sharded.has(name)) graphs.set(name, readGraph(name, enumValue, definitions, problems));
  }
  for (const graph of graphs.values()) problems.push(...checkShardSpec(graph));
  if (problems.length > 0) throw new ShardSpecError(problems);
  return { graphs };
}

function linksShardSpec(definition: DefinitionNode): boolean {
  return (
    definition.kind === Kind.SCHEMA_DEFINITION &&
    (definition.directives ?? []).some((directive) =>
      String(directiveArguments(directive).get('url') ?? '').startsWith(SPEC_IDENTITY),
    )
  );
}

/** join__Graph: enum value to subgraph name. */
function readGraphNames(definitions: readonly DefinitionNode[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
      names.set(value.name.value, graph ? String(directiveArguments(graph).get('name')) : value.name.value);
    }
  }
  return names;
}

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

function composites(definitions: readonly DefinitionNode[]): readonly Composite[] {
  return definitions.filter(
    (definition): definition is Composite =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
}

function readGraph(
  name: string,
  enumValue: string,
  definitions: readonly DefinitionNode[],
  problems: string[],
): ShardedGraph {
  const types = new Map<string, TypeShape>();
  const inputs = new Map<string, ReadonlyMap<string, ArgumentShape>>();
  const entities = new Map<string, EntityRoute>();
  const keyedTypes = new Set<string>();
  let queryType = 'Query';
  let mutationType: string | null = null;
  for (const definition of definitions) {
    switch (definition.kind) {
      case Kind.SCHEMA_DEFINITION:
        for (const operation of definition.operationTypes) {
          if (operation.operation === OperationTypeNode.QUERY) queryType = operation.type.name.value;
          if (operation.operation === OperationTypeNode.MUTATION) mutationType = operation.type.name.value;
        }
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        if (!livesIn(definition, enumValue)) break;
        types.set(definition.name.value, readType(definition, enumValue));
        if (hasResolvableKey(definition, enumValue)) keyedTypes.add(definition.name.value);
        const routes = shardBys(definition).filter((by) => by.graph === name);
        if (routes.length > 1)
          problems.push(
            `Type "${definition.name.value}" has ${routes.length} routes (@shardBy) for the graph "${name}"; one is allowed`,
          );
        const [by] = routes;
        if (by)
          entities.set(definition.name.value, {
            typeName: definition.name.value,
            key: by.key,
            routes: by.routes,
          });
        break;
      }
      case Kind.UNION_TYPE_DEFINITION:
        if (livesIn(definition, enumValue))
          types.set(definition.name.value, {
            name: definition.name.value,
            kind: 'union',
            interfaces: [],
            fields: new Map(),
          });
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        inputs.set(definition.name.value, readInput(definition));
        break;
      default:
        break;
    }
  }
  return { name, queryType, mutationType, types, inputs, entities, keyedTypes };
}

function livesIn(definition: Composite | UnionTypeDefinitionNode, graph: string): boolean {
  return joins(definition.directives, 'join__type').some((join) => join.get('graph') === graph);
}

function hasResolvableKey(definition: Composite, graph: string): boolean {
  return joins(definition.directives, 'join__type').some(
    (join) => join.get('graph') === graph && join.has('key') && join.get('resolvable') !== false,
  );
}

function joins(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): ReadonlyMap<string, string | readonly string[] | boolean>[] {
  return (directives ?? []).filter((directive) => directive.name.value === name).map(directiveArguments);
}

function readType(definition: Composite, graph: string): TypeShape {
  const fields = (definition.fields ?? []).filter((field) => isServedBy(field, graph)).map(readField);
  return {
    name: definition.name.value,
    kind: definition.kind === Kind.OBJECT_TYPE_DEFINITION ? 'object' : 'interface',
    interfaces: (definition.interfaces ?? []).map((named) => named.name.value),
    fields: new Map(fields.map((field) => [field.name, field])),
  };
}

/** Without @join__field a field is served by every graph of its type; external fields are not served. */
function isServedBy(field: FieldDefinitionNode, graph: string): boolean {
  const owners = joins(field.directives, 'join__field').filter((join) => join.has('graph'));
  return (
    owners.length === 0 || owners.some((join) => join.get('graph') === graph && join.get('external') !== true)
  );
}

function readField(field: FieldDefinitionNode): FieldShape {
  return {
    name: field.name.value,
    type: field.type,
    typeName: namedTypeOf(field.type),
    isList: isListType(field.type),
    arguments: new Map(
      (field.arguments ?? []).map((argument) => [argument.name.value, readArgument(argument)]),
    ),
    gather: readGather(field),
  };
}

function readArgument(argument: InputValueDefinitionNode): ArgumentShape {
  const shardArg = joins(argument.directives, 'shardArg')[0];
  return {
    name: argument.name.value,
    type: print(argument.type),
    typeName: namedTypeOf(argument.type),
    // The supergraph is composed, so the value is one of the enum's.
    route: shardArg ? (shardArg.get('route') as Route) : null,
    defaultValue: argument.defaultValue ?? null,
  };
}

function readInput(definition: InputObjectTypeDefinitionNode): ReadonlyMap<string, ArgumentShape> {
  return new Map((definition.fields ?? []).map((field) => [field.name.value, readArgument(field)]));
}

function readGather(field: FieldDefinitionNode): GatherRule | null {
  const gather = joins(field.directives, 'gather')[0];
  if (!gather) return null;
  const key = gather.get('key');
  return {
    // Enum values of a composed supergraph, as above.
    by: gather.get('by') as Gather,
    key: typeof key === 'string' ? key.split('.') : null,
    sum: textOrNull(gather.get('sum')),
    weight: textOrNull(gather.get('weight')),
    completeness: (gather.get('completeness') as Completeness | undefined) ?? 'ANY',
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function shardBys(type: Composite): readonly { graph: string; key: string; routes: readonly Route[] }[] {
  return joins(type.directives, 'shardBy').map((by) => ({
    graph: String(by.get('graph')),
    key: String(by.get('key')),
    // Enum values of a composed supergraph, as above.
    routes: [by.get('route') ?? []].flat() as Route[],
  }));
}
