import type { GraphQLFormattedError } from 'graphql';
import type { Path } from './completion';

interface Node {
  isError: boolean;
  readonly below: Map<string | number, Node>;
}

/** The places of errors that have been told, for not telling of the nulls that they made. */
export class ExplainedPaths {
  private readonly root: Node = { isError: false, below: new Map() };

  constructor(errors: readonly GraphQLFormattedError[]) {
    for (const { path = [] } of errors) {
      let node = this.root;
      for (const step of path) {
        const next = node.below.get(step) ?? { isError: false, below: new Map() };
        node.below.set(step, next);
        node = next;
      }
      node.isError = true;
    }
  }

  /** Whether an error stands at a place, above it, or below it, from where its null has come up. */
  covers(path: Path): boolean {
    let node = this.root;
    for (const step of path) {
      if (node.isError) return true;
      const next = node.below.get(step);
      if (next === undefined) return false;
      node = next;
    }
    return true;
  }
}
