import { objectsAt } from './data-path';
import type { EntitySource } from './entity-source';
import type { Step } from './step';

/** Asks a subgraph for more of the entities at a path of the data. */
export function entityFetch(source: EntitySource): Step {
  return {
    start: (run, done) => {
      const objects = objectsAt(run.data, source.path);
      if (objects.length === 0) done();
      else run.queue({ fetch: source, objects, done });
    },
  };
}
