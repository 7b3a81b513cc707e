import {
  type GraphQLEnumType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { CompleteItems, Completion } from './completion';

/**
 * Turns a value that is not null into what the client gets. `undefined` says that the value is wrong or holds a null that may
 * not stand where it does; why has been reported. `depth` is how much of the completion's path leads to the value.
 */
export type Complete = (value: unknown, completion: Completion, depth: number) => unknown;

/** A type at a place of the answer. */
export interface CompletedType {
  readonly isNonNull: boolean;
  readonly complete: Complete;
}

/** @param ofNamed completes the innermost type. */
export function completeType(type: GraphQLOutputType, place: string, ofNamed: Complete): CompletedType {
  if (isNonNullType(type)) return { ...completeType(type.ofType, place, ofNamed), isNonNull: true };
  if (!isListType(type)) return { isNonNull: false, complete: ofNamed };
  return { isNonNull: false, complete: completeList(completeType(type.ofType, place, ofNamed), place) };
}

function completeList(item: CompletedType, place: string): Complete {
  const completeItems = itemsCompleter(item, place);
  return (list, completion, depth) => {
    if (!Array.isArray(list)) {
      completion.report(depth, `A subgraph answered no list for ${place}`);
      return undefined;
    }
    const completed = new Array<unknown>(list.length);
    if (completion.leavesForLater(list.length)) {
      completion.later.push({ list, completed, completeItems, path: completion.path.slice(0, depth) });
      return completed;
    }
    const span = { list, completed, from: 0, to: list.length };
    return completeItems(span, completion, depth) ? completed : undefined;
  };
}

function itemsCompleter({ isNonNull, complete }: CompletedType, place: string): CompleteItems {
  return ({ list, completed, from, to }, completion, depth) => {
    for (let index = from; index < to; index++) {
      const value: unknown = list[index];
      completion.path[depth] = index;
      const result =
        value === null || value === undefined ? undefined : complete(value, completion, depth + 1);
      if (result !== undefined) {
        completed[index] = result;
        continue;
      }
      if (isNonNull) {
        if (value === null || value === undefined) {
          completion.report(depth + 1, `Cannot return null for non-nullable item of ${place}`);
        }
        return false;
      }
      completed[index] = null;
    }
    return true;
  };
}

export function completeLeaf(type: GraphQLLeafType, place: string): Complete {
  const convert = isEnumType(type) ? enumConverter(type) : SCALARS.get(type.name);
  // Whatever a custom scalar is, its subgraph has checked it.
  if (convert === undefined) return (value) => value;
  return (value, completion, depth) => {
    const converted = convert(value);
    if (converted === undefined)
      completion.report(depth, `A subgraph answered no valid ${type.name} for ${place}`);
    return converted;
  };
}

type Convert = (value: unknown) => unknown;

/** Values that are `@inaccessible` are not among those of the client's schema. */
function enumConverter(type: GraphQLEnumType): Convert {
  const names = new Set(type.getValues().map(({ name }) => name));
  return (value) => (typeof value === 'string' && names.has(value) ? value : undefined);
}

/** GraphQL specification, section 3.5: how built-in scalars stand in an answer. */
const SCALARS: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ['String', (value) => (typeof value === 'string' ? value : undefined)],
  ['Boolean', (value) => (typeof value === 'boolean' ? value : undefined)],
  ['Float', (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)],
  // The bitwise or keeps exactly the integers of 32 bits.
  ['Int', (value) => (typeof value === 'number' && (value | 0) === value ? value : undefined)],
  [
    'ID',
    (value) => (typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : undefined),
  ],
]);
