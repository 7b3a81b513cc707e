import { compareBytewise } from '../../../schema/bytewise';
import { localDay } from '../../../schema/calendar-day';
import { askPage, askRows, LARGEST_PAGE, type Page, type PageQuestion } from './ask-page';
import { askTotals } from './ask-totals';
import type { Collection, Filter, SampledEdge, SampledRow } from './collection';
import { CheckSkipped } from './conformance-check';
import type { Endpoint } from './endpoint';

/** A part of the rows that can be read whole, and everything in it. */
export interface Sample<Row extends SampledRow> {
  /** What fits exactly these rows. */
  readonly filter: Filter;
  /** How many rows the endpoint says these are. */
  readonly total: number;
  /** In words, for the report. */
  readonly description: string;
  readonly isEverything: boolean;
  /** Whole months, when the rows are those of some months only. */
  readonly months: { readonly from: string; readonly to: string } | null;
  readonly agencies: readonly string[] | null;
  /** In the default order. */
  readonly edges: readonly SampledEdge<Row>[];
  readonly rows: readonly Row[];
}

export interface SampleQuestion<Row extends SampledRow> {
  readonly endpoint: Endpoint;
  readonly collection: Collection<Row>;
  readonly agencies: readonly string[];
  readonly maxRows: number;
}

type Scope = Omit<Sample<SampledRow>, 'edges' | 'rows'>;

/** Everything, when that is little; else some agencies, else some months of one. Throws CheckFailure and CheckSkipped. */
export async function readSample<Row extends SampledRow>(
  question: SampleQuestion<Row>,
): Promise<Sample<Row>> {
  const { total, ...scope } = await chooseScope(question);
  const { endpoint, collection } = question;
  const ask = (page: PageQuestion) => askRows(endpoint, collection, { ...page, filter: scope.filter });
  const edges = await readAll(ask, total);
  return { ...scope, total, edges, rows: edges.map(({ node }) => node) };
}

async function chooseScope<Row extends SampledRow>(question: SampleQuestion<Row>): Promise<Scope> {
  const { endpoint, collection, agencies, maxRows } = question;
  const [total = 0] = await askTotals(endpoint, collection, [{}]);
  if (total <= maxRows) {
    const description = `all ${total} rows`;
    return { filter: {}, description, isEverything: true, months: null, agencies: null, total };
  }
  const known = agencies.length > 0 ? agencies : await seenAgencies(question);
  const counted = await countAgencies({ ...question, agencies: known });
  const few = takeWhole(counted, maxRows);
  if (few.length > 0) {
    const [codes, sum] = [few.map(({ agency }) => agency), sumOf(few)];
    const description = `${sum} of ${total} rows: those of ${codes.join(', ')}`;
    return {
      filter: { agencies: codes },
      description,
      isEverything: false,
      months: null,
      agencies: codes,
      total: sum,
    };
  }
  const smallest = counted[0];
  if (smallest === undefined)
    throw new CheckSkipped(`none of the agencies has rows here: ${known.join(', ')}`);
  return chooseMonths(question, smallest.agency, total);
}

/** Nobody says which agencies have rows here, so those of the first pages. */
async function seenAgencies<Row extends SampledRow>({
  endpoint,
  collection,
}: SampleQuestion<Row>): Promise<readonly string[]> {
  const pages = await Promise.all(
    collection.orders.map((orderBy) => askRows(endpoint, collection, { orderBy, first: LARGEST_PAGE })),
  );
  return [
    ...new Set(pages.flatMap(({ edges }) => edges.flatMap(({ node }) => collection.agencyOf(node) ?? []))),
  ];
}

interface AgencyCount {
  readonly agency: string;
  readonly count: number;
}

/** Those with rows, the smallest first. */
async function countAgencies<Row extends SampledRow>({
  endpoint,
  collection,
  agencies,
}: SampleQuestion<Row>): Promise<readonly AgencyCount[]> {
  const counts = await askTotals(
    endpoint,
    collection,
    agencies.map((agency) => ({ agencies: [agency] })),
  );
  return agencies
    .map((agency, i) => ({ agency, count: counts[i] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.count - b.count || compareBytewise(a.agency, b.agency));
}

function takeWhole(counted: readonly AgencyCount[], maxRows: number): readonly AgencyCount[] {
  const taken: AgencyCount[] = [];
  for (const one of counted) if (sumOf(taken) + one.count <= maxRows) taken.push(one);
  return taken;
}

function sumOf(counts: readonly AgencyCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** As many of the latest months as fit. */
async function chooseMonths<Row extends SampledRow>(
  { endpoint, collection, maxRows }: SampleQuestion<Row>,
  agency: string,
  total: number,
): Promise<Scope> {
  const all = await monthsOf(endpoint, collection, agency);
  const filters = all.map((month) => ({
    agencies: [agency],
    ...collection.withinDays(`${month}-01`, lastDayOf(month)),
  }));
  const counts = await askTotals(endpoint, collection, filters);
  const window: string[] = [];
  let sum = 0;
  for (const [i, month] of all.entries()) {
    const count = counts[i] ?? 0;
    if (sum + count > maxRows) {
      if (sum > 0) break;
      continue;
    }
    if (count === 0 && sum === 0) continue;
    window.push(month);
    sum += count;
  }
  const [last, first] = [window[0], window.at(-1)];
  if (last === undefined || first === undefined)
    throw new CheckSkipped(`no month of ${agency} has at most ${maxRows} rows: raise --sample`);
  const months = { from: first, to: last };
  return {
    filter: { agencies: [agency], ...collection.withinDays(`${first}-01`, lastDayOf(last)) },
    description: `${sum} of ${total} rows: those of ${agency} received from ${first} to ${last}`,
    isEverything: false,
    months,
    agencies: [agency],
    total: sum,
  };
}

const MAX_MONTHS = 120;

/** From the latest month of receipt back to the first. */
async function monthsOf(
  endpoint: Endpoint,
  collection: Collection<SampledRow>,
  agency: string,
): Promise<readonly string[]> {
  if (collection.withinDays('2000-01-01', '2000-01-31') === null)
    throw new CheckSkipped(`${agency} alone has more rows than --sample allows`);
  const filter = { agencies: [agency], receivedFrom: '1970-01-01' };
  const ends = await Promise.all(
    ['RECEIVED_DESC', 'RECEIVED_ASC'].map((orderBy) =>
      askPage(endpoint, collection, { filter, orderBy, first: 1 }),
    ),
  );
  const [latest, earliest] = ends.map(({ edges }) => dayInCursor(edges[0]?.cursor));
  if (latest === undefined || earliest === undefined)
    throw new CheckSkipped(`no row of ${agency} has a date of receipt`);
  const months: string[] = [];
  for (
    let month = latest.slice(0, 7);
    month >= earliest.slice(0, 7) && months.length < MAX_MONTHS;
    month = monthBefore(month)
  )
    months.push(month);
  return months;
}

function dayInCursor(cursor: string | undefined): string | undefined {
  try {
    const tuple: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString());
    const value: unknown = Array.isArray(tuple) ? tuple[1] : undefined;
    return typeof value === 'string' ? localDay(value) : undefined;
  } catch {
    return undefined; // The checks of cursors say what is wrong with it.
  }
}

function monthBefore(month: string): string {
  return new Date(Date.parse(`${month}-01T00:00:00Z`) - 1).toISOString().slice(0, 7);
}

export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** Page by page, until there is no next, or nothing new. What is wrong with the pages is said by the checks of pages. */
export async function readAll<Row extends SampledRow>(
  ask: (page: PageQuestion) => Promise<Page<Row>>,
  total: number,
): Promise<readonly SampledEdge<Row>[]> {
  const edges: SampledEdge<Row>[] = [];
  const maxPages = Math.ceil(total / LARGEST_PAGE) + 2;
  for (let pages = 0; pages < maxPages; pages++) {
    const after = edges.at(-1)?.cursor;
    const page = await ask({ first: LARGEST_PAGE, ...(after !== undefined && { after }) });
    edges.push(...page.edges);
    if (!page.hasNextPage || page.edges.length === 0) break;
  }
  return edges;
}
