import { SourceProblem } from '../source-problem';
import type { CopyHealth } from './copy-system';
import type { Collection } from './record-reader';

/** Half a copy would answer as if it were all. */
export function notCopiedYet(system: string, collection: Collection, { problem }: CopyHealth): SourceProblem {
  if (problem !== null) return new SourceProblem(problem.code, problem.message, problem.place);
  return new SourceProblem(
    'SOURCE_STALE',
    `The ${collection} of "${system}" are being copied for the first time; ask again when that is done`,
    collection,
  );
}
