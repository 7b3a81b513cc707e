import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse } from 'graphql';
import { projectRoot } from '../../../schema/runtime/project-root';

export const SUBGRAPH_NAMES = ['dossiers', 'procedures'] as const;

/** The subgraphs that agencies serve. */
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** The SDL that every system of this subgraph must serve. */
export function readContract(subgraph: SubgraphName): DocumentNode {
  return parse(readFileSync(join(projectRoot(), 'schema', `${subgraph}.graphql`), 'utf8'));
}
