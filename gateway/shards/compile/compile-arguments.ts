import { valueFromASTUntyped, type FieldNode } from 'graphql';
import type { AgencyArgument, FieldArguments } from './gather-node';
import type { FieldShape, ShardedGraph } from '../spec/shard-spec';
import { agencyPath } from '../spec/agency-path';

/**
 * Reads a gathered field's arguments and says which of them become variables of ours, because their value differs by shard:
 * the one that holds agency codes (each shard gets only the codes it holds) and a connection's `after`.
 */
export function compileArguments(
  graph: ShardedGraph,
  shape: FieldShape,
  field: FieldNode,
  number: number,
): { fieldArguments: FieldArguments; replaced: ReadonlyMap<string, string> } {
  const replaced = new Map<string, string>();
  const given = new Map((field.arguments ?? []).map((argument) => [argument.name.value, argument.value]));
  let agencies: AgencyArgument | null = null;
  for (const argument of shape.arguments.values()) {
    const path = agencyPath(graph, argument);
    if (!path || !given.has(argument.name)) continue;
    agencies = { ...path, variable: `__lt_${number}_${argument.name}` };
    replaced.set(argument.name, agencies.variable);
  }
  if (shape.gather?.by === 'MERGE' && given.has('after')) replaced.set('after', `__lt_${number}_after`);
  const read = (variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const values: Record<string, unknown> = {};
    for (const argument of shape.arguments.values()) {
      const node = given.get(argument.name) ?? argument.defaultValue ?? undefined;
      const value: unknown = node ? valueFromASTUntyped(node, variables) : undefined;
      // A variable that was not given leaves its argument to the default.
      values[argument.name] =
        value === undefined && argument.defaultValue ? valueFromASTUntyped(argument.defaultValue) : value;
    }
    return values;
  };
  return { fieldArguments: { read, agencies }, replaced };
}
