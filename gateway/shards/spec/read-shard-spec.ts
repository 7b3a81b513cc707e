import { Kind, OperationTypeNode, parse, print } from 'graphql';
import type {
  ConstDirectiveNode,
  ConstObjectValueNode,
  DefinitionNode,
  FieldDefinitionNode,
  InputObjectTypeDefinitionNode,
  InputValueDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  OperationTypeDefinitionNode,
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
  const links = shardSpecLinks(definitions);
  if (links.length === 0) return { graphs: new Map() };
  const graphNames = readGraphNames(definitions);
  const sharded = new Set(composites(definitions).flatMap((type) => shardBys(type).map((by) => by.graph)));
  const problems = [...links.flatMap(problemsOfLink), ...unknownGraphs(sharded, graphNames)];
  const graphs = new Map<string, ShardedGraph>();
  for (const [enumValue, name] of graphNames) {
    if (sharded.has(name)) graphs.set(name, new GraphReader(name, enumValue, problems).read(definitions));
  }
  for (const graph of graphs.values()) problems.push(...checkShardSpec(graph));
  if (problems.length > 0) throw new ShardSpecError(problems);
  return { graphs };
}

function shardSpecLinks(definitions: readonly DefinitionNode[]): readonly ConstDirectiveNode[] {
  return definitions
    .flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
        ? (definition.directives ?? [])
        : [],
    )
    .filter((directive) => urlOf(directive).startsWith(`${SPEC_IDENTITY}/`));
}

function urlOf(link: ConstDirectiveNode): string {
  return String(directiveArguments(link).get('url') ?? '');
}

/** We look for the directives by name; under another name they would be passed over, and answers be wrong in silence. */
function problemsOfLink(link: ConstDirectiveNode): readonly string[] {
  const problems: string[] = [];
  const url = urlOf(link);
  if (!url.startsWith(`${SPEC_IDENTITY}/v1.`))
    problems.push(`The supergraph links ${url}; this gateway knows ${SPEC_IDENTITY}/v1.0`);
  const imports = link.arguments?.find((argument) => argument.name.value === 'import')?.value;
  const imported = imports?.kind === Kind.LIST ? imports.values : [];
  for (const item of imported) {
    if (item.kind !== Kind.OBJECT) continue;
    const [name, as] = ['name', 'as'].map((part) => textOf(item, part));
    if (as !== undefined && as !== name)
      problems.push(`The shard spec's "${name}" as "${as}": its directives must keep their names`);
  }
  return problems;
}

function textOf(object: ConstObjectValueNode, name: string): string | undefined {
  const value = object.fields.find((field) => field.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function unknownGraphs(
  sharded: ReadonlySet<string>,
  graphNames: ReadonlyMap<string, string>,
): readonly string[] {
  const known = [...graphNames.values()];
  return [...sharded]
    .filter((name) => !known.includes(name))
    .map((name) => `@shardBy names the graph "${name}", but the supergraph has ${known.join(', ')}`);
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

/** Reads one subgraph's part of the supergraph. */
class GraphReader {
  private readonly types = new Map<string, TypeShape>();
  private readonly inputs = new Map<string, ReadonlyMap<string, ArgumentShape>>();
  private readonly entities = new Map<string, EntityRoute>();
  private readonly keyedTypes = new Set<string>();
  private queryType = 'Query';
  private mutationType: string | null = null;

  constructor(
    private readonly name: string,
    /** Its value of join__Graph. */
    private readonly enumValue: string,
    private readonly problems: string[],
  ) {}

  read(definitions: readonly DefinitionNode[]): ShardedGraph {
    for (const definition of definitions) this.readDefinition(definition);
    for (const definition of definitions)
      if (definition.kind === Kind.UNION_TYPE_DEFINITION) this.markMembers(definition);
    const { name, queryType, mutationType, types, inputs, entities, keyedTypes } = this;
    return { name, queryType, mutationType, types, inputs, entities, keyedTypes };
  }

  private readDefinition(definition: DefinitionNode): void {
    switch (definition.kind) {
      case Kind.SCHEMA_DEFINITION:
        return definition.operationTypes.forEach((operation) => this.readRootType(operation));
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        return this.readComposite(definition);
      case Kind.UNION_TYPE_DEFINITION:
        return this.readUnion(definition);
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        this.inputs.set(definition.name.value, readInput(definition));
        return;
      default:
        return;
    }
  }

  private readRootType({ operation, type }: OperationTypeDefinitionNode): void {
    if (operation === OperationTypeNode.QUERY) this.queryType = type.name.value;
    if (operation === OperationTypeNode.MUTATION) this.mutationType = type.name.value;
  }

  private readComposite(definition: Composite): void {
    if (!livesIn(definition, this.enumValue)) return;
    const typeName = definition.name.value;
    this.types.set(typeName, readType(definition, this.enumValue));
    if (hasResolvableKey(definition, this.enumValue)) this.keyedTypes.add(typeName);
    const routes = shardBys(definition).filter((by) => by.graph === this.name);
    if (routes.length > 1)
      this.problems.push(
        `Type "${typeName}" has ${routes.length} routes (@shardBy) for the graph "${this.name}"; one is allowed`,
      );
    const [by] = routes;
    if (by) this.entities.set(typeName, { typeName, key: by.key, routes: by.routes });
  }

  private readUnion(definition: UnionTypeDefinitionNode): void {
    if (!livesIn(definition, this.enumValue)) return;
    const name = definition.name.value;
    this.types.set(name, { name, kind: 'union', interfaces: [], fields: new Map() });
  }

  private markMembers({ name, types }: UnionTypeDefinitionNode): void {
    for (const member of types ?? []) {
      const type = this.types.get(member.name.value);
      if (type) this.types.set(type.name, { ...type, interfaces: [...type.interfaces, name.value] });
    }
  }
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
