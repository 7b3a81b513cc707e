import { SourceProblem } from '../source-problem';

/** `what` goes on after the file's name: `is cut short: …`. */
export function badFile(name: string, what: string, cause?: unknown): SourceProblem {
  return new SourceProblem('SOURCE_BAD_FILE', `The file "${name}" ${what}`, name, cause);
}
