import type { PagingMapping } from '../mapping/collections';

export type ListParams = Readonly<Record<string, string | number | boolean>>;

/** What a page gave, as far as the next one depends on it. */
export interface PageFound {
  /** Items of this page. */
  readonly items: number;
  /** Items of all pages so far. */
  readonly told: number;
  /** The latest total, when it is told. */
  readonly total: number | null;
  /** What stands at nextPath. */
  readonly next: unknown;
}

/** Asks page after page: the parameters of the first, and of the one after what was found; null after the last. */
export interface PageSteps {
  readonly first: ListParams;
  after(found: PageFound): ListParams | null;
}

export function pageSteps(paging: PagingMapping): PageSteps {
  switch (paging.kind) {
    case 'none':
      return { first: {}, after: () => null };
    case 'cursor':
      return {
        first: {},
        after: ({ next }) => (isCursor(next) ? { [paging.param]: next } : null),
      };
    case 'page': {
      const { param, first, sizeParam, size } = paging;
      const asked = (page: number): ListParams => ({
        [param]: page,
        ...(sizeParam === undefined ? {} : { [sizeParam]: size }),
      });
      let page = first;
      return {
        first: asked(first),
        after: (found) => (isLast(found, sizeParam === undefined ? null : size) ? null : asked((page += 1))),
      };
    }
    case 'offset': {
      const { param, sizeParam, endParam, size } = paging;
      const asked = (start: number): ListParams => ({
        [param]: start,
        ...(endParam === undefined ? { [sizeParam]: size } : { [endParam]: start + size }),
      });
      return {
        first: asked(0),
        // By what came, not by what was asked: many services give no more than 100 whatever they are asked.
        after: (found) => (isLast(found, size) ? null : asked(found.told)),
      };
    }
  }
}

/**
 * An empty page is the last; a short one is not, as services cap pages, or drop rows from them after paging. With a total, the page that
 * reaches it is the last, unless it is full: a total that is only the number on the page would hide the rest.
 */
function isLast({ items, told, total }: PageFound, size: number | null): boolean {
  if (items === 0) return true;
  return total !== null && told >= total && (size === null || items < size);
}

function isCursor(next: unknown): next is string | number {
  return (typeof next === 'string' && next !== '') || typeof next === 'number';
}
