import type { Variables } from './compile-document';
import type { Row, Subgraph } from './rows';

/** A subgraph's root fields with the two that federation adds. */
export function federatedRoot({ root, entity }: Subgraph, sdl: string): Row {
  return {
    ...root,
    _service: { __typename: '_Service', sdl },
    _entities: ({ representations }: Variables) =>
      // The argument is a list of representations in every subgraph of federation.
      (representations as readonly Row[]).map(({ __typename, id }) => entity(__typename, String(id))),
  };
}
