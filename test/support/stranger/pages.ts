import { GraphQLError } from 'graphql';
import type { StrangerFault } from './faults';
import { type StrangerRow, STATUS_NAMES } from './rows';
import { dayOf, verdictOf } from './timeliness';

export interface DossierFilter {
  readonly agencies?: readonly string[] | null;
  readonly procedures?: readonly string[] | null;
  readonly fields?: readonly string[] | null;
  readonly status?: readonly string[] | null;
  readonly timeliness?: readonly string[] | null;
  readonly channel?: readonly string[] | null;
  readonly receivedFrom?: string | null;
  readonly receivedTo?: string | null;
  readonly dueFrom?: string | null;
  readonly dueTo?: string | null;
}

export interface PageArguments {
  readonly filter?: DossierFilter | null;
  readonly orderBy?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type Wanted = readonly [list: readonly string[] | null | undefined, value: string | null];

export function fits(
  row: StrangerRow,
  filter: DossierFilter,
  now: string,
  fault: StrangerFault | null,
): boolean {
  const status = row.status === null ? null : (STATUS_NAMES[row.status] ?? null);
  if (fault === 'lets rows without a status through' && status === null && filter.status?.length) {
    return fits(row, { ...filter, status: null }, now, null);
  }
  const verdict = filter.timeliness ? verdictOf(row, 'LOCAL', now, fault).result : null;
  const lists: readonly Wanted[] = [
    [filter.agencies, row.agency],
    [filter.procedures, row.procedure],
    [filter.fields, row.field],
    [filter.status, status],
    [filter.timeliness, verdict],
    [filter.channel, row.channel],
  ];
  const given = lists.filter(
    ([list]) => list && !(list.length === 0 && fault === 'takes an empty list for none'),
  );
  const heeded = fault === 'forgets the second condition' ? given.slice(0, 1) : given;
  return (
    heeded.every(([list, value]) => value !== null && list?.includes(value)) &&
    isWithin(row.receivedAt, filter.receivedFrom, filter.receivedTo) &&
    isWithin(row.dueAt, filter.dueFrom, filter.dueTo)
  );
}

function isWithin(instant: string | null, from?: string | null, to?: string | null): boolean {
  if (from == null && to == null) return true;
  if (instant === null) return false;
  const day = dayOf(instant, null);
  return (from == null || from <= day) && (to == null || day <= to);
}

export function toPage(
  rows: readonly StrangerRow[],
  all: readonly StrangerRow[],
  args: PageArguments,
  fault: StrangerFault | null,
) {
  const order = args.orderBy ?? 'RECEIVED_DESC';
  const first = args.first ?? 20;
  if ((first < 1 || first > 200) && fault !== 'takes any page size')
    throw new GraphQLError(`first: ${first}`, { extensions: { code: 'INVALID_PAGE_SIZE' } });
  const sorted = rows.toSorted((a, b) =>
    compare(positionOf(a, order, fault), positionOf(b, order, fault), fault),
  );
  const start = args.after == null ? 0 : startAfter(sorted, order, args.after, fault);
  const shown = sorted.slice(start, start + Math.max(0, first));
  const edges = shown.map((row) => ({ cursor: cursorOf(row, order, sorted, fault), node: row }));
  const isMore = start + first < sorted.length;
  return {
    edges,
    totalCount: fault === 'counts deleted rows' ? all.length : rows.length,
    pageInfo: {
      hasNextPage: fault === 'says there is more when a page is full' ? shown.length === first : isMore,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

type Position = readonly [order: string, value: string | null, agency: string, code: string];

function positionOf(row: StrangerRow, order: string, fault: StrangerFault | null): Position {
  const instant = order.startsWith('RECEIVED') ? row.receivedAt : row.dueAt;
  const inFull = instant === null ? null : new Date(instant).toISOString();
  return [order, fault === 'writes seconds into cursors' ? instant : inFull, row.agency, row.code];
}

/** Plain ASCII here, so `<` is bytewise. */
function compare(a: Position, b: Position, fault: StrangerFault | null): number {
  const [order, valueA, agencyA, codeA] = a;
  const [, valueB, agencyB, codeB] = b;
  if (valueA !== valueB) {
    const nulls = fault === 'puts nulls first' ? -1 : 1;
    if (valueA === null) return nulls;
    if (valueB === null) return -nulls;
    return (valueA < valueB ? -1 : 1) * (order.endsWith('_DESC') ? -1 : 1);
  }
  const ties =
    `${agencyA} ${codeA}` < `${agencyB} ${codeB}` ? -1 : agencyA === agencyB && codeA === codeB ? 0 : 1;
  return fault === 'sorts ties backwards' ? -ties : ties;
}

function cursorOf(
  row: StrangerRow,
  order: string,
  sorted: readonly StrangerRow[],
  fault: StrangerFault | null,
): string {
  const value =
    fault === 'writes cursors of its own' ? { offset: sorted.indexOf(row) } : positionOf(row, order, fault);
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function startAfter(
  sorted: readonly StrangerRow[],
  order: string,
  after: string,
  fault: StrangerFault | null,
): number {
  const position = readCursor(after, order, fault);
  if (position === null) return 0;
  if ('offset' in position) return Number(position.offset) + 1;
  const place = sorted.findIndex((row) => compare(positionOf(row, order, fault), position, fault) > 0);
  const isGone = !sorted.some(({ code }) => code === position[3]);
  if (isGone && fault === 'starts again when the row of a cursor is gone') return 0;
  const start = place === -1 ? sorted.length : place;
  return fault === 'loses the row after a cursor' ? start + 1 : start;
}

function readCursor(
  text: string,
  order: string,
  fault: StrangerFault | null,
): Position | { readonly offset: unknown } | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    // Read as what the stranger itself has written.
    if (fault === 'writes cursors of its own') return value as { readonly offset: unknown };
    if (Array.isArray(value) && value.length === 4 && value[0] === order) return value as unknown as Position;
  } catch {
    // Below.
  }
  if (fault === 'takes any cursor') return null;
  throw new GraphQLError('not a cursor', { extensions: { code: 'INVALID_CURSOR' } });
}
