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

/** Some items of a list. */
export interface Span {
  readonly list: readonly unknown[];
  readonly completed: unknown[];
  readonly from: number;
  readonly to: number;
}

/** Completes some items; false when one is wrong that may not be null. */
export type CompleteItems = (span: Span, completion: Completion, depth: number) => boolean;

/** A list that is completed later, because much has been completed in one go already. */
export interface LaterList {
  readonly list: readonly unknown[];
  readonly completed: unknown[];
  readonly completeItems: CompleteItems;
  /** Response names and list indices down to the list. */
  readonly path: Path;
}

export interface Spanned {
  /** False: a null stands where none may. */
  readonly isRight: boolean;
  readonly to: number;
}

/** The state of completing one answer: where it stands, and what it found wrong. */
export class Completion {
  readonly problems: Problem[] = [];
  readonly later: LaterList[] = [];
  /** Response names and list indices down to the value in hand; deeper entries are stale. */
  readonly path: (string | number)[] = [];

  /** @param itemsLeft list items that may be completed before the rest is left for later. */
  constructor(
    private readonly gaps: Gaps | null,
    private itemsLeft: number,
  ) {}

  /** Whether a list of so many items is to be left for later. */
  leavesForLater(length: number): boolean {
    this.itemsLeft -= length;
    return this.itemsLeft < 0 && length > 0;
  }

  /** Goes on with a later list: as many of its items as are left to this piece. */
  completeSpan({ list, completed, completeItems, path }: LaterList, from: number): Spanned {
    for (const [depth, step] of path.entries()) this.path[depth] = step;
    const to = Math.min(list.length, from + Math.max(1, this.itemsLeft));
    this.itemsLeft -= to - from;
    return { isRight: completeItems({ list, completed, from, to }, this, path.length), to };
  }

  startPiece(items: number): void {
    this.itemsLeft = items;
  }

  get isPieceFull(): boolean {
    return this.itemsLeft <= 0;
  }

  report(depth: number, message: string): void {
    this.problems.push({ path: this.path.slice(0, depth), message });
  }

  /** Whether a field that an object lacks was to be expected: then it is null and nothing is wrong. */
  isGap(object: JsonObject, isNonNull: boolean): boolean {
    if (this.gaps === null) return false;
    return this.gaps.failed.has(object) || (!isNonNull && this.gaps.absent.has(object));
  }
}
