import type { ArgumentShape, ShardedGraph } from './shard-spec';

export interface AgencyPath {
  /** From the argument's name to the codes. */
  readonly path: readonly string[];
  readonly isList: boolean;
}

/** From an argument to the agency codes in it: `['agencies']`, or `['filter', 'agencies']`. */
export function agencyPath(graph: ShardedGraph, argument: ArgumentShape): AgencyPath | null {
  if (argument.route === 'AGENCY') return { path: [argument.name], isList: isList(argument) };
  for (const inner of graph.inputs.get(argument.typeName)?.values() ?? []) {
    if (inner.route === 'AGENCY') return { path: [argument.name, inner.name], isList: isList(inner) };
  }
  return null;
}

function isList({ type }: ArgumentShape): boolean {
  return type.startsWith('[');
}
