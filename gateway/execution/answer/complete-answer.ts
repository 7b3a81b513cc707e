import type { HeavyWork } from '../../../schema/runtime/heavy-work';
import type { JsonObject } from '../json-object';
import { completeObject, type SelectionShape } from './answer-shape';
import { Completion, type Gaps, type Path, type Problem } from './completion';

/** List items that are completed in one go: a few milliseconds. */
const ITEMS_AT_ONCE = 4000;

export interface CompletedAnswer {
  readonly data: JsonObject | null;
  readonly problems: readonly Problem[];
  /** Lists that were completed later: they are long, or there are many. Empty for nearly every answer. */
  readonly longLists: readonly Path[];
}

/** Writes the answer out of the data of a run. A big one is written in pieces, and others have their turn in between. */
export function completeAnswer(
  shape: SelectionShape,
  data: JsonObject,
  gaps: Gaps | null,
  heavyWork: HeavyWork,
): CompletedAnswer | Promise<CompletedAnswer> {
  const completion = new Completion(gaps, ITEMS_AT_ONCE);
  const answer = completeRoot(shape, data, completion);
  if (completion.later.length === 0) return { data: answer, problems: completion.problems, longLists: [] };
  return completeLater(completion, heavyWork).then((isRight) =>
    isRight
      ? {
          data: answer,
          problems: completion.problems,
          longLists: completion.later.map(({ path }) => path),
        }
      : heavyWork.do(() => completeWhole(shape, data, gaps)),
  );
}

function completeRoot(shape: SelectionShape, data: JsonObject, completion: Completion): JsonObject | null {
  const root = shape.of(data);
  if (root === null) throw new TypeError('The root of an operation has a type');
  return completeObject(root, data, completion, 0) ?? null;
}

/** False when a null stands in a list that may hold none. */
async function completeLater(completion: Completion, heavyWork: HeavyWork): Promise<boolean> {
  const { later } = completion;
  let [place, from, isRight] = [0, 0, true];
  const onePiece = (): void => {
    completion.startPiece(ITEMS_AT_ONCE);
    // Lists grow by those that stand inside of them.
    for (
      let list = later[place];
      list !== undefined && isRight && !completion.isPieceFull;
      list = later[place]
    ) {
      const spanned = completion.completeSpan(list, from);
      isRight = spanned.isRight;
      from = spanned.to;
      if (from === list.list.length) [place, from] = [place + 1, 0];
    }
  };
  while (isRight && place < later.length) await heavyWork.do(onePiece);
  return isRight;
}

/** A null that may not stand in a list takes away what is around it, and that is written already: all anew, in one go. */
function completeWhole(shape: SelectionShape, data: JsonObject, gaps: Gaps | null): CompletedAnswer {
  const completion = new Completion(gaps, Infinity);
  const answer = completeRoot(shape, data, completion);
  return { data: answer, problems: completion.problems, longLists: [] };
}
