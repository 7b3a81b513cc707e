import { Kind } from 'graphql';
import { CodedError } from '../../../schema/runtime/coded-error';
import { agencyPath } from './agency-path';
import { CONNECTION_FIELDS, type FieldShape, type ShardedGraph, type TypeShape } from './shard-spec';

/** A supergraph whose sharded subgraphs leave open how values of many systems become one. */
export class ShardSpecError extends CodedError {
  constructor(readonly problems: readonly string[]) {
    super(`The supergraph breaks the shard spec:\n- ${problems.join('\n- ')}`, 'SHARD_SPEC_INVALID');
  }
}

/** The composition check of one sharded subgraph: every problem, by the name of its field. */
export function checkShardSpec(graph: ShardedGraph): string[] {
  const checking: Checking = { graph, gathered: new Set(), problems: [] };
  checkRoots(checking);
  checkEntities(checking);
  checkStrayGathers(checking);
  return checking.problems;
}

interface Checking {
  readonly graph: ShardedGraph;
  /** Types that stand below a gathered field and are combined field by field. */
  readonly gathered: Set<string>;
  readonly problems: string[];
}

/** A gathered field and its name in problems. */
interface Place {
  readonly type: TypeShape;
  readonly field: FieldShape;
  readonly at: string;
  /** The type of its value; undefined for scalars and enums. */
  readonly target: TypeShape | undefined;
}

/** A mutation's root field needs no rule: exactly one system answers it. */
function checkRoots(checking: Checking): void {
  const { graph } = checking;
  const query = graph.types.get(graph.queryType);
  const mutation = graph.mutationType === null ? undefined : graph.types.get(graph.mutationType);
  if (query) checkFields(checking, query, 'a root field of a sharded subgraph');
  for (const field of mutation?.fields.values() ?? [])
    if (mutation && !isMachinery(field)) checkGather(checking, mutation, field);
}

/** Every field of the type must say how its values combine. */
function checkFields(checking: Checking, type: TypeShape, what: string, skip?: ReadonlySet<string>): void {
  for (const field of type.fields.values()) {
    if (isMachinery(field) || skip?.has(field.name)) continue;
    if (!field.gather)
      checking.problems.push(
        `"${type.name}.${field.name}" is ${what} ("${checking.graph.name}") and has no @gather: say how its values combine`,
      );
    checkGather(checking, type, field);
  }
}

function checkEntities({ graph, gathered, problems }: Checking): void {
  for (const { typeName, key, routes } of graph.entities.values()) {
    const type = graph.types.get(typeName);
    if (!type) continue;
    if (!type.fields.has(key))
      problems.push(
        `@shardBy on "${typeName}" routes by "${key}", which is not a field of it in the graph "${graph.name}"`,
      );
    if (routes.length === 0)
      problems.push(`@shardBy on "${typeName}" names no route for the graph "${graph.name}"`);
    for (const field of type.fields.values()) checkGather({ graph, gathered, problems }, type, field);
  }
  for (const typeName of graph.keyedTypes) {
    if (!graph.entities.has(typeName))
      problems.push(
        `Entity "${typeName}" of the sharded graph "${graph.name}" has a resolvable @key but no @shardBy that routes it`,
      );
  }
}

/** Checks one gathered field and, where its value is a gathered object, the fields of that object. */
function checkGather(checking: Checking, type: TypeShape, field: FieldShape): void {
  if (!field.gather) return;
  const target = checking.graph.types.get(field.typeName);
  const place: Place = { type, field, at: `${type.name}.${field.name}`, target };
  if (field.type.kind === Kind.NON_NULL_TYPE)
    checking.problems.push(
      `"${place.at}" is gathered and must be nullable: one silent system would null everything beside it`,
    );
  checkArguments(checking, place);
  switch (field.gather.by) {
    case 'CONCAT':
      return checkKeyedList(checking, place);
    case 'GROUP':
      checkKeyedList(checking, place);
      return checkObject(checking, place);
    case 'OBJECT':
      if (field.isList)
        checking.problems.push(`"${place.at}" gathers by OBJECT and must not be a list: use GROUP`);
      return checkObject(checking, place);
    case 'MERGE':
      return checkConnection(checking, place);
    case 'MEAN':
      return checkMean(checking, place);
    case 'SUM':
    case 'MIN':
    case 'MAX':
      return checkScalar(checking, place);
    case 'FIRST':
      return;
  }
}

function checkArguments({ graph, problems }: Checking, { field, at }: Place): void {
  const paths = [...field.arguments.values()].filter((argument) => agencyPath(graph, argument) !== null);
  if (paths.length > 1)
    problems.push(
      `"${at}" has ${paths.length} arguments routed by AGENCY; one may choose the systems to ask`,
    );
}

function checkKeyedList({ graph, problems }: Checking, { field, at, target }: Place): void {
  const by = field.gather?.by;
  const key = field.gather?.key;
  if (!field.isList) problems.push(`"${at}" gathers by ${by} and must be a list`);
  if (!key) problems.push(`"${at}" gathers by ${by} and needs a key`);
  else if (!hasPath(graph, target, key))
    problems.push(
      `"${at}" gathers by ${by} with the key "${key.join('.')}", which is no scalar of "${field.typeName}"`,
    );
}

function checkObject(checking: Checking, { at, target }: Place): void {
  const { gathered, problems } = checking;
  if (target?.kind !== 'object') {
    problems.push(`"${at}" is combined field by field, but its type is not an object`);
    return;
  }
  if (gathered.has(target.name)) return;
  gathered.add(target.name);
  for (const field of target.fields.values())
    if (field.gather?.by === 'MERGE')
      problems.push(
        `"${target.name}.${field.name}" gathers by MERGE inside a gathered object: pages stand on roots and entities only`,
      );
  checkFields(checking, target, 'a field of a gathered object');
}

function checkConnection(checking: Checking, { field, at, target }: Place): void {
  const { gathered, problems } = checking;
  if (!target?.fields.has('edges') || !target.fields.has('pageInfo')) {
    problems.push(
      `"${at}" gathers by MERGE, but "${field.typeName}" is no connection with edges and pageInfo`,
    );
    return;
  }
  if (!field.arguments.has('first') || !field.arguments.has('after'))
    problems.push(`"${at}" gathers by MERGE and needs the arguments first and after`);
  if (gathered.has(target.name)) return;
  gathered.add(target.name);
  checkFields(checking, target, 'a field of a gathered connection', CONNECTION_FIELDS);
}

function checkMean({ problems }: Checking, { type, field, at }: Place): void {
  const rule = field.gather;
  for (const [word, sibling] of [
    ['sum', rule?.sum ?? null],
    ['weight', rule?.weight ?? null],
  ] as const) {
    const shape = sibling === null ? undefined : type.fields.get(sibling);
    const start = `"${at}" gathers by MEAN and its ${word}`;
    if (sibling === null) problems.push(`${start} is not given`);
    else if (!shape) problems.push(`${start} "${sibling}" is not a field of "${type.name}"`);
    else if (shape.typeName !== 'Int' || shape.isList) problems.push(`${start} "${sibling}" must be an Int`);
    else if ([...field.arguments.keys()].some((name) => !shape.arguments.has(name)))
      problems.push(`${start} "${sibling}" must take the same arguments`);
  }
}

/** A scalar of one's own may be a number; of the built-in ones we know. */
const NO_NUMBERS: ReadonlySet<string> = new Set(['String', 'ID', 'Boolean']);

function checkScalar({ problems }: Checking, { field, at, target }: Place): void {
  const by = field.gather?.by;
  if (target || field.isList) problems.push(`"${at}" gathers by ${by} and must be a single scalar`);
  else if (by === 'SUM' && NO_NUMBERS.has(field.typeName))
    problems.push(`"${at}" gathers by SUM and must be an Int or a Float`);
}

/** A @gather that could never be followed: on a type that is neither root, gathered, nor an entity with @shardBy. */
function checkStrayGathers({ graph, gathered, problems }: Checking): void {
  const roots = [graph.queryType, graph.mutationType];
  for (const type of graph.types.values()) {
    if (type.kind !== 'object' || roots.includes(type.name)) continue;
    if (gathered.has(type.name) || graph.entities.has(type.name)) continue;
    for (const field of type.fields.values())
      if (field.gather)
        problems.push(
          `"${type.name}.${field.name}" is gathered, but "${type.name}" is neither a root type, nor gathered, nor an entity with @shardBy in the graph "${graph.name}"`,
        );
  }
}

/** Whether a path of fields leads to a scalar. */
function hasPath(graph: ShardedGraph, type: TypeShape | undefined, path: readonly string[]): boolean {
  const [head, ...rest] = path;
  const field = head === undefined ? undefined : type?.fields.get(head);
  if (!field) return false;
  const target = graph.types.get(field.typeName);
  return rest.length === 0 ? target === undefined : hasPath(graph, target, rest);
}

/** `_entities` and `_service`. */
function isMachinery(field: FieldShape): boolean {
  return field.name.startsWith('_');
}
