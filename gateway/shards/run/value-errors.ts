import type { GatherNode, ObjectShape } from '../compile/gather-node';
import type { MergedPage, ShardValue } from '../gather/gather-notes';
import type { InnerError } from './slot';

/**
 * Where an error inside a shard's value stands: it breaks a field of a gathered object (null: the whole value), so that the
 * shard's part of it is missing; or it belongs to a row, which is passed on with its error.
 */
export type ErrorPlace = { readonly breaks: string | null } | 'row';

export function placeOfError(node: GatherNode, path: InnerError['path']): ErrorPlace {
  switch (node.by) {
    case 'FIRST':
    case 'CONCAT':
      return path.length === 0 ? { breaks: null } : 'row';
    case 'SUM':
    case 'MIN':
    case 'MAX':
    case 'MEAN':
      return { breaks: null };
    case 'OBJECT':
      return placeInObject(node.shape, path);
    case 'GROUP':
      return placeInObject(node.shape, path.slice(1));
    case 'MERGE':
      return node.edges.some((edges) => edges.responseName === path[0])
        ? 'row'
        : placeInObject(node.shape, path);
  }
}

function placeInObject(shape: ObjectShape, [asked, ...rest]: InnerError['path']): ErrorPlace {
  if (asked === undefined) return { breaks: null };
  const field = shape.fields.find((child) => askedAs(child, asked));
  if (!field) return { breaks: String(asked) };
  return placeOfError(field, rest) === 'row' ? 'row' : { breaks: field.responseName };
}

function askedAs(field: GatherNode, name: string | number): boolean {
  return field.by === 'MEAN'
    ? field.askedSum === name || field.askedWeight === name
    : field.responseName === name;
}

/** An error of a row, `path` starting at the gathered value. */
export type RowError = InnerError;

interface Gathered {
  readonly values: readonly ShardValue[];
  readonly value: unknown;
  readonly page: MergedPage | null;
}

/** Errors of rows move to where their row stands now; errors of rows that are not shown are dropped with them. */
export function placeRowErrors(
  node: GatherNode,
  errors: readonly InnerError[],
  gathered: Gathered,
): readonly RowError[] {
  return errors.flatMap((error) => {
    const path = newPath(node, error, gathered);
    return path === null ? [] : [{ ...error, path }];
  });
}

function newPath(
  node: GatherNode,
  { shard, path }: InnerError,
  gathered: Gathered,
): InnerError['path'] | null {
  const theirs = gathered.values.find((one) => one.shard === shard)?.value;
  const [list, index, ...rest] = path;
  switch (node.by) {
    case 'FIRST':
      return theirs === gathered.value ? path : null;
    case 'CONCAT': {
      const [place, ...below] = path;
      const now = placeOf(gathered.value, itemAt(theirs, place));
      return now === null ? null : [now, ...below];
    }
    case 'MERGE': {
      const now = gathered.page?.rows.findIndex((row) => row.shard === shard && row.index === index) ?? -1;
      const isShown = node.edges.some((edges) => edges.responseName === list && !edges.isHidden);
      return list === undefined || !isShown || now < 0 ? null : [list, now, ...rest];
    }
    case 'OBJECT':
      // Rows inside a gathered object are many systems' rows mixed: the error says the field.
      return list === undefined ? [] : [list];
    default:
      return [];
  }
}

function itemAt(list: unknown, index: string | number | undefined): unknown {
  return Array.isArray(list) && typeof index === 'number' ? list[index] : undefined;
}

function placeOf(list: unknown, item: unknown): number | null {
  const place = Array.isArray(list) && item !== undefined ? list.indexOf(item) : -1;
  return place < 0 ? null : place;
}
