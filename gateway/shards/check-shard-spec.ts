import { Kind } from 'graphql';
import { CodedError } from '../../schema/runtime/coded-error';
import type { FieldShape, ShardedGraph, TypeShape } from './shard-spec';

/** A supergraph whose sharded subgraphs leave open how values of many systems become one. */
export class ShardSpecError extends CodedError {
  constructor(readonly problems: readonly string[]) {
    super(`The supergraph breaks the shard spec:\n- ${problems.join('\n- ')}`, 'SHARD_SPEC_INVALID');
  }
}

const INTEGER = 'Int';

/** The composition check of one sharded subgraph: every problem, by the name of its field. */
export function checkShardSpec(graph: ShardedGraph): string[] {
  const problems: string[] = [];
  const gathered = new Set<string>();
  for (const root of [graph.queryType, graph.mutationType]) {
    const type = root === null ? undefined : graph.types.get(root);
    if (!type) continue;
    for (const field of type.fields.values()) {
      if (isMachinery(field.name)) continue;
      if (root === graph.queryType && !field.gather)
        problems.push(noRule(graph, type, field, 'a root field of a sharded subgraph'));
      followGather(graph, type, field, gathered, problems);
    }
  }
  for (const entity of graph.entities.values()) {
    const type = graph.types.get(entity.typeName);
    if (!type) continue;
    if (!type.fields.has(entity.key))
      problems.push(
        `@shardBy on "${type.name}" routes by "${entity.key}", which is not a field of it in the graph "${graph.name}"`,
      );
    if (entity.routes.length === 0)
      problems.push(`@shardBy on "${type.name}" names no route for the graph "${graph.name}"`);
    for (const field of type.fields.values())
      if (field.gather) followGather(graph, type, field, gathered, problems);
  }
  for (const typeName of graph.keyedTypes) {
    if (!graph.entities.has(typeName))
      problems.push(
        `Entity "${typeName}" of the sharded graph "${graph.name}" has a resolvable @key but no @shardBy that routes it`,
      );
  }
  problems.push(...strayGathers(graph, gathered));
  return problems;
}

/** Checks one gathered field and, where its value is a gathered object, the fields of that object. */
function followGather(
  graph: ShardedGraph,
  type: TypeShape,
  field: FieldShape,
  gathered: Set<string>,
  problems: string[],
): void {
  const rule = field.gather;
  if (!rule) return;
  const at = `${type.name}.${field.name}`;
  const target = graph.types.get(field.typeName);
  if (field.type.kind === Kind.NON_NULL_TYPE)
    problems.push(
      `"${at}" is gathered and must be nullable: one silent system would null everything beside it`,
    );
  switch (rule.by) {
    case 'CONCAT':
    case 'GROUP':
      if (!field.isList) problems.push(`"${at}" gathers by ${rule.by} and must be a list`);
      if (!rule.key) problems.push(`"${at}" gathers by ${rule.by} and needs a key`);
      else if (!hasPath(graph, target, rule.key))
        problems.push(
          `"${at}" gathers by ${rule.by} with the key "${rule.key.join('.')}", which "${field.typeName}" does not have`,
        );
      if (rule.by === 'GROUP') followObject(graph, target, at, gathered, problems);
      break;
    case 'OBJECT':
      followObject(graph, target, at, gathered, problems);
      break;
    case 'MERGE':
      if (!target?.fields.has('edges') || !target.fields.has('pageInfo'))
        problems.push(
          `"${at}" gathers by MERGE, but "${field.typeName}" is no connection with edges and pageInfo`,
        );
      else {
        gathered.add(target.name);
        for (const other of target.fields.values()) {
          if (CONNECTION_FIELDS.has(other.name)) continue;
          if (!other.gather) problems.push(noRule(graph, target, other, 'a field of a gathered connection'));
          followGather(graph, target, other, gathered, problems);
        }
      }
      break;
    case 'MEAN':
      for (const [word, sibling] of [
        ['sum', rule.sum],
        ['weight', rule.weight],
      ] as const) {
        const shape = sibling === null ? undefined : type.fields.get(sibling);
        if (!shape)
          problems.push(
            `"${at}" gathers by MEAN and its ${word} ${sibling === null ? 'is not given' : `"${sibling}" is not a field of "${type.name}"`}`,
          );
        else if (shape.typeName !== INTEGER || shape.isList)
          problems.push(`"${at}" gathers by MEAN and its ${word} "${sibling}" must be an Int`);
      }
      break;
    case 'SUM':
    case 'MIN':
    case 'MAX':
      if (target || field.isList) problems.push(`"${at}" gathers by ${rule.by} and must be a single scalar`);
      break;
    case 'FIRST':
      break;
  }
}

const CONNECTION_FIELDS: ReadonlySet<string> = new Set(['edges', 'pageInfo', 'totalCount']);

function followObject(
  graph: ShardedGraph,
  target: TypeShape | undefined,
  at: string,
  gathered: Set<string>,
  problems: string[],
): void {
  if (!target) {
    problems.push(`"${at}" is combined field by field, but its type is not an object`);
    return;
  }
  if (gathered.has(target.name)) return;
  gathered.add(target.name);
  for (const field of target.fields.values()) {
    if (!field.gather) problems.push(noRule(graph, target, field, 'a field of a gathered object'));
    if (field.gather?.by === 'MERGE')
      problems.push(
        `"${target.name}.${field.name}" gathers by MERGE inside a gathered object: pages stand on roots and entities only`,
      );
    followGather(graph, target, field, gathered, problems);
  }
}

/** A @gather that could never be followed: on a type that is neither root, gathered, nor an entity with @shardBy. */
function strayGathers(graph: ShardedGraph, gathered: ReadonlySet<string>): string[] {
  return [...graph.types.values()].flatMap((type) => {
    const isPlace =
      type.kind !== 'object' ||
      type.name === graph.queryType ||
      type.name === graph.mutationType ||
      gathered.has(type.name) ||
      graph.entities.has(type.name);
    if (isPlace) return [];
    return [...type.fields.values()]
      .filter((field) => field.gather)
      .map(
        (field) =>
          `"${type.name}.${field.name}" is gathered, but "${type.name}" is neither a root type, nor gathered, nor an entity with @shardBy in the graph "${graph.name}"`,
      );
  });
}

function noRule(graph: ShardedGraph, type: TypeShape, field: FieldShape, what: string): string {
  return `"${type.name}.${field.name}" is ${what} ("${graph.name}") and has no @gather: say how its values combine`;
}

function hasPath(graph: ShardedGraph, type: TypeShape | undefined, path: readonly string[]): boolean {
  const [head, ...rest] = path;
  const field = head === undefined ? undefined : type?.fields.get(head);
  if (!field) return false;
  return rest.length === 0 || hasPath(graph, graph.types.get(field.typeName), rest);
}

function isMachinery(fieldName: string): boolean {
  return fieldName.startsWith('_');
}
