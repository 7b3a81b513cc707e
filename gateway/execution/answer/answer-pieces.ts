import type { HeavyWork } from '../../../schema/runtime/heavy-work';
import type { OperationResult } from '../operation-result';
import { isJsonObject } from '../json-object';
import type { Path } from './completion';

/** Items of a long list that are written in one go: a millisecond or two. */
const ITEMS_AT_ONCE = 1000;

/** Characters that are written and encoded in one go: about a millisecond. */
const CHARACTERS_AT_ONCE = 256 * 1024;

/** The JSON text of a result as `JSON.stringify` gives it and a line break, written in pieces with others in between. */
export async function writeInPieces(
  result: OperationResult,
  longLists: readonly Path[],
  heavyWork: HeavyWork,
): Promise<Buffer> {
  const pieces = piecesOf(result, containersOf(result, longLists));
  const written: Buffer[] = [];
  const onePiece = (): boolean => {
    let text = '';
    let piece = pieces.next();
    for (; piece.done !== true && text.length < CHARACTERS_AT_ONCE; piece = pieces.next())
      text += piece.value;
    text += piece.done === true ? '\n' : piece.value;
    written.push(Buffer.from(text));
    return piece.done === true;
  };
  while (!(await heavyWork.do(onePiece)));
  return Buffer.concat(written);
}

/** Everything on the way to long lists, and the lists: what is not among them is short. */
function containersOf({ data }: OperationResult, longLists: readonly Path[]): ReadonlySet<unknown> {
  const containers = new Set<unknown>([data]);
  for (const path of longLists) {
    let value: unknown = data;
    for (const step of path) {
      value = isJsonObject(value) || Array.isArray(value) ? (value as Container)[step] : undefined;
      containers.add(value);
    }
  }
  return containers;
}

/** Read by keys and indices alike. */
type Container = Readonly<Record<string | number, unknown>>;

function* piecesOf(value: unknown, containers: ReadonlySet<unknown>): Generator<string> {
  if (Array.isArray(value)) yield* piecesOfList(value, containers);
  else if (isJsonObject(value)) yield* piecesOfObject(value, containers);
}

function* piecesOfObject(
  object: Readonly<Record<string, unknown>>,
  containers: ReadonlySet<unknown>,
): Generator<string> {
  let text = '{';
  let isFirst = true;
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    text += `${isFirst ? '' : ','}${JSON.stringify(key)}:`;
    isFirst = false;
    if (!containers.has(value)) {
      text += JSON.stringify(value);
      continue;
    }
    yield text;
    text = '';
    yield* piecesOf(value, containers);
  }
  yield `${text}}`;
}

function* piecesOfList(list: readonly unknown[], containers: ReadonlySet<unknown>): Generator<string> {
  let text = '[';
  for (let from = 0; from < list.length; from += ITEMS_AT_ONCE) {
    const items = list.slice(from, from + ITEMS_AT_ONCE);
    if (from > 0) text += ',';
    if (!items.some((item) => containers.has(item))) {
      text += JSON.stringify(items).slice(1, -1);
      yield text;
      text = '';
      continue;
    }
    for (const [place, item] of items.entries()) {
      if (place > 0) text += ',';
      if (!containers.has(item)) text += JSON.stringify(item);
      else {
        yield text;
        text = '';
        yield* piecesOf(item, containers);
      }
    }
  }
  yield `${text}]`;
}
