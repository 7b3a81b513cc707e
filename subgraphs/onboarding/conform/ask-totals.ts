import type { Collection, Filter, SampledRow } from './collection';
import { requireThat } from './conformance-check';
import { type Endpoint, type GraphqlQuestion, isJsonObject } from './endpoint';

const ALIASES_A_REQUEST = 40;

/** How many rows fit each filter, several in one request. Throws CheckFailure for a total that is no whole number. */
export async function askTotals(
  endpoint: Endpoint,
  collection: Collection<SampledRow>,
  filters: readonly Filter[],
  headers?: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  const totals: number[] = [];
  for (let start = 0; start < filters.length; start += ALIASES_A_REQUEST)
    totals.push(
      ...(await askTogether(endpoint, collection, filters.slice(start, start + ALIASES_A_REQUEST), headers)),
    );
  return totals;
}

/** One filter's total: the smallest request that shows it. */
export function totalQuestion(
  collection: Collection<SampledRow>,
  filter: Filter,
  headers?: Readonly<Record<string, string>>,
): GraphqlQuestion {
  return {
    query: `query ($filter: ${collection.filterType}) { ${collection.field}(filter: $filter) { totalCount } }`,
    variables: { filter },
    ...(headers && { headers }),
  };
}

async function askTogether(
  endpoint: Endpoint,
  collection: Collection<SampledRow>,
  filters: readonly Filter[],
  headers: Readonly<Record<string, string>> | undefined,
): Promise<readonly number[]> {
  const declared = filters.map((_, i) => `$f${i}: ${collection.filterType}`).join(', ');
  const fields = filters.map((_, i) => `t${i}: ${collection.field}(filter: $f${i}) { totalCount }`).join(' ');
  const question = {
    query: `query (${declared}) { ${fields} }`,
    variables: Object.fromEntries(filters.map((filter, i) => [`f${i}`, filter])),
    ...(headers && { headers }),
  };
  const data = await endpoint.data(question);
  return filters.map((filter, i) => {
    const answer = data[`t${i}`];
    const total = isJsonObject(answer) ? answer['totalCount'] : undefined;
    requireThat(
      typeof total === 'number' && Number.isInteger(total) && total >= 0,
      totalQuestion(collection, filter, headers),
      'a totalCount',
      answer,
    );
    return total;
  });
}
