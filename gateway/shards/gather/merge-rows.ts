import { comparePositions, type ShardPosition } from '../../../schema/shard-cursor';
import type { GatherNotes } from './gather-notes';
import type { PageScope } from './page-scope';
import type { ShardPage } from './shard-page';

export interface TakenRow {
  readonly page: ShardPage;
  readonly index: number;
  readonly position: ShardPosition;
}

export interface MergedRows {
  readonly taken: readonly TakenRow[];
  /** The last row that was passed, taken or a duplicate. */
  readonly lastSeen: ShardPosition | null;
  readonly isLeftOver: boolean;
}

/** How far one page has been taken; `place` is the page's in registry order. */
interface Head {
  readonly page: ShardPage;
  readonly place: number;
  index: number;
  position: ShardPosition;
}

/** A k-way merge over a heap of the pages' heads: each row costs the logarithm of the number of systems. */
export function mergeRows(pages: readonly ShardPage[], scope: PageScope, notes: GatherNotes): MergedRows {
  const owners = firstOwners(pages);
  const heads = new Heads(pages);
  const taken: TakenRow[] = [];
  let lastSeen: ShardPosition | null = null;
  for (let head = heads.first(); head !== null; head = heads.first()) {
    const { page, place, index, position } = head;
    const isDuplicate = owners.get(rowKey(position)) !== place;
    if (isDuplicate) notes.fault(page.shard, 'SHARD_DUPLICATE_ROW', null);
    else if (taken.length >= scope.first) return { taken, lastSeen, isLeftOver: true };
    else {
      taken.push({ page, index, position });
      scope.learn(position.code, page.shard);
    }
    lastSeen = position;
    // Duplicates may use up a shard's page before ours is full: what that shard would say next may come before any other row.
    if (!heads.advance() && page.hasNextPage) return { taken, lastSeen, isLeftOver: true };
  }
  return { taken, lastSeen, isLeftOver: false };
}

/** A binary heap; of equal heads the first in registry order comes first. */
class Heads {
  private readonly heap: Head[] = [];

  constructor(pages: readonly ShardPage[]) {
    pages.forEach((page, place) => {
      const [position] = page.positions;
      if (position !== undefined) this.heap.push({ page, place, index: 0, position });
    });
    for (let at = (this.heap.length >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  first(): Head | null {
    return this.heap[0] ?? null;
  }

  /** Moves on from the first head's row; false when its page has no further one. */
  advance(): boolean {
    const [head] = this.heap;
    if (head === undefined) return false;
    const next = head.page.positions[++head.index];
    if (next !== undefined) {
      head.position = next;
      this.sink(0);
      return true;
    }
    const last = this.heap.pop();
    if (last !== undefined && last !== head) {
      this.heap[0] = last;
      this.sink(0);
    }
    return false;
  }

  private sink(from: number): void {
    const { heap } = this;
    const moved = heap[from];
    if (moved === undefined) return;
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const child = comesFirst(heap[left + 1], heap[left]) ? left + 1 : left;
      const below = heap[child];
      if (below === undefined || !comesFirst(below, moved)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = moved;
  }
}

function comesFirst(one: Head | undefined, other: Head | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return (comparePositions(one.position, other.position) || one.place - other.place) < 0;
}

/** The same row may come from two systems, at different places if their dates differ: the first in registry order shows it. */
function firstOwners(pages: readonly ShardPage[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  pages.forEach((page, place) => {
    for (const position of page.positions) {
      const key = rowKey(position);
      if (!owners.has(key)) owners.set(key, place);
    }
  });
  return owners;
}

function rowKey({ agency, code }: ShardPosition): string {
  return `${agency}\n${code}`;
}
