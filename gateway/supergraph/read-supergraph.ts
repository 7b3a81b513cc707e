import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { type DocumentNode, parse } from 'graphql';
import { readLinkedSpecs } from './linked-specs';
import { refuseUnenforced } from './refuse-unenforced';
import { SupergraphError } from './supergraph-error';

const JOIN_SPEC = 'https://specs.apollo.dev/join';

/**
 * The SDL of a Federation 2 supergraph in a file, fit to be handed to the planner.
 *
 * @throws SupergraphError when the file is missing, empty, no GraphQL, of Federation 1, not composed at all, or protected by a
 * directive that this gateway does not enforce.
 */
export function readSupergraph(file: string): string {
  const sdl = readText(file);
  if (sdl.trim() === '') throw new SupergraphError(file, 'is empty', 'SUPERGRAPH_EMPTY');
  const document = parseSdl(file, sdl);
  requireFederation2(file, document);
  refuseUnenforced(file, document);
  return sdl;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const isMissing = isNativeError(cause) && 'code' in cause && cause.code === 'ENOENT';
    const problem = isMissing ? 'does not exist' : 'cannot be read';
    throw new SupergraphError(file, problem, 'SUPERGRAPH_UNREADABLE', cause);
  }
}

function parseSdl(file: string, sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SupergraphError(file, `is not GraphQL: ${reason}`, 'SUPERGRAPH_NOT_GRAPHQL', cause);
  }
}

function requireFederation2(file: string, document: DocumentNode): void {
  const join = readLinkedSpecs(document).find(({ identity }) => identity === JOIN_SPEC);
  if (join === undefined) {
    const problem =
      'is no composed supergraph: its schema has no @link to the join specification. Compose the subgraphs first, for ' +
      'example with `rover supergraph compose`';
    throw new SupergraphError(file, problem, 'SUPERGRAPH_NOT_COMPOSED');
  }
  if (join.directive === 'core' || join.version === '0.1') {
    const problem = 'was composed by Federation 1. Compose it again with Federation 2';
    throw new SupergraphError(file, problem, 'SUPERGRAPH_FEDERATION_1');
  }
}
