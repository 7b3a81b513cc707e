import type { JsonObject } from '../json-object';

export type Path = readonly (string | number)[];

/** A null in the answer that no system's error explains by itself. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** What objects of an answer lack because a call gave nothing for them. Filled only when something went wrong. */
export interface Gaps {
  /** A call for these objects failed, and its error is told. */
  readonly failed: ReadonlySet<object>;
  /** A subgraph does not know these entities: their fields there are null. */
  readonly absent: ReadonlySet<object>;
}

/** The state of completing one answer: where it stands, and what it found wrong. */
export class Completion {
  readonly problems: Problem[] = [];
  /** Response names and list indices down to the value in hand; deeper entries are stale. */
  readonly path: (string | number)[] = [];

  constructor(private readonly gaps: Gaps | null) {}

  report(depth: number, message: string): void {
    this.problems.push({ path: this.path.slice(0, depth), message });
  }

  /** Whether a field that an object lacks was to be expected: then it is null and nothing is wrong. */
  isGap(object: JsonObject, isNonNull: boolean): boolean {
    if (this.gaps === null) return false;
    return this.gaps.failed.has(object) || (!isNonNull && this.gaps.absent.has(object));
  }
}
