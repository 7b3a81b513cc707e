import { askPage, type Page } from './ask-page';
import type { SampledEdge, SampledRow } from './collection';
import type { RowContext } from './conformance-context';
import { readAll } from './sample';

/** The sample in one order, read with the largest pages. */
export interface OrderedList {
  readonly order: string;
  readonly edges: readonly SampledEdge<SampledRow>[];
}

/** One smaller page, and where it must stand in the list. */
export interface WalkedPage {
  readonly list: OrderedList;
  readonly from: number;
  readonly size: number;
  readonly page: Page<SampledRow>;
}

type WalkContext = Omit<RowContext<SampledRow>, 'walks'>;

/** Pages of many sizes in every order, read once for all checks that look at them. */
export class PageWalks {
  #lists: Promise<readonly OrderedList[]> | undefined;
  #pages: Promise<readonly WalkedPage[]> | undefined;

  constructor(private readonly context: WalkContext) {}

  lists(): Promise<readonly OrderedList[]> {
    return (this.#lists ??= Promise.all(
      this.context.collection.orders.map((order) => readList(this.context, order)),
    ));
  }

  pages(): Promise<readonly WalkedPage[]> {
    return (this.#pages ??= this.lists().then(async (lists) =>
      (await Promise.all(lists.flatMap((list) => walkList(this.context, list)))).flat(),
    ));
  }
}

async function readList({ endpoint, collection, sample }: WalkContext, order: string): Promise<OrderedList> {
  const { filter, total } = sample;
  const edges = await readAll(
    (page) => askPage(endpoint, collection, { ...page, filter, orderBy: order }),
    total,
  );
  return { order, edges };
}

/** A list of this many rows is walked whole in every size. */
const SHORT_LIST = 40;
const SIZES = [1, 2, 7, 50];

function walkList(context: WalkContext, list: OrderedList): Promise<WalkedPage>[] {
  return SIZES.flatMap((size) =>
    startsOf(list.edges, size).map(async (from) => ({
      list,
      from,
      size,
      page: await askAt(context, list, from, size),
    })),
  );
}

/** Everywhere in a short list and for large pages; else at the start, at the end, and around a tie and the first null. */
function startsOf(edges: readonly SampledEdge<SampledRow>[], size: number): readonly number[] {
  const { length } = edges;
  const every = Array.from({ length: Math.max(1, Math.ceil(length / size)) }, (_, i) => i * size);
  if (length <= SHORT_LIST || size === 50) return every;
  const around = [0, tieIn(edges), firstNullIn(edges), length - size].filter((place) => place !== null);
  const starts = around.flatMap((place) => [place - size, place - 1, place, place + 1]);
  return [...new Set(starts)].filter((place) => place >= 0 && place < length).toSorted((a, b) => a - b);
}

function tieIn(edges: readonly SampledEdge<SampledRow>[]): number | null {
  const values = edges.map(({ cursor }) => valueIn(cursor));
  const place = values.findIndex((value, i) => i > 0 && value === values[i - 1]);
  return place === -1 ? null : place;
}

function firstNullIn(edges: readonly SampledEdge<SampledRow>[]): number | null {
  const place = edges.findIndex(({ cursor }) => valueIn(cursor) === 'null');
  return place === -1 ? null : place;
}

function valueIn(cursor: string): string {
  try {
    const tuple: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return JSON.stringify(Array.isArray(tuple) ? (tuple[1] as unknown) : tuple);
  } catch {
    return cursor; // Only places worth a look are sought here.
  }
}

function askAt(
  { endpoint, collection, sample }: WalkContext,
  { order, edges }: OrderedList,
  from: number,
  size: number,
): Promise<Page<SampledRow>> {
  const after = edges[from - 1]?.cursor;
  return askPage(endpoint, collection, {
    filter: sample.filter,
    orderBy: order,
    first: size,
    ...(after !== undefined && { after }),
  });
}
