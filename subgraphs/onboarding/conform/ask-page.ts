import { z } from 'zod';
import { describeZodMistakes } from '../../../schema/runtime/zod-mistakes';
import type { Collection, Filter, SampledEdge, SampledRow } from './collection';
import { CheckFailure } from './conformance-check';
import type { Endpoint, GraphqlQuestion } from './endpoint';

export interface PageQuestion {
  readonly filter?: Filter;
  readonly orderBy?: string;
  readonly first?: number;
  readonly after?: string | null;
}

export interface Page<Row extends SampledRow> {
  readonly question: GraphqlQuestion;
  readonly edges: readonly SampledEdge<Row>[];
  readonly hasNextPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** The largest page of the contract. */
export const LARGEST_PAGE = 200;

const codeOnly = z.object({ code: z.string() });

/** A page with every field of its rows. */
export function askRows<Row extends SampledRow>(
  endpoint: Endpoint,
  collection: Collection<Row>,
  page: PageQuestion,
): Promise<Page<Row>> {
  return ask(
    endpoint,
    pageQuestion(collection, page, collection.selection),
    collection.field,
    collection.row,
  );
}

/** A page of codes and cursors. */
export function askPage(
  endpoint: Endpoint,
  collection: Collection<SampledRow>,
  page: PageQuestion,
): Promise<Page<SampledRow>> {
  return ask(endpoint, pageQuestion(collection, page, 'code'), collection.field, codeOnly);
}

/** The request for a page, as a client writes it: only the arguments that are given. */
export function pageQuestion(
  collection: Collection<SampledRow>,
  page: PageQuestion,
  selection = 'code',
): GraphqlQuestion {
  const given = Object.entries(page).filter(([, value]) => value !== undefined);
  const types: Readonly<Record<string, string>> = {
    filter: collection.filterType,
    orderBy: collection.orderType,
    first: 'Int',
    after: 'String',
  };
  const declared = given.map(([name]) => `$${name}: ${types[name]}`).join(', ');
  const passed = given.map(([name]) => `${name}: $${name}`).join(', ');
  return {
    query: `query${inParentheses(declared)} { ${collection.field}${inParentheses(passed)} { edges { cursor node { ${selection} } } pageInfo { hasNextPage startCursor endCursor } } }`,
    variables: Object.fromEntries(given),
  };
}

export function inParentheses(text: string): string {
  return text === '' ? '' : `(${text})`;
}

async function ask<Row extends SampledRow>(
  endpoint: Endpoint,
  question: GraphqlQuestion,
  field: string,
  row: z.ZodType<Row>,
): Promise<Page<Row>> {
  const data = await endpoint.data(question);
  const schema = z.object({
    edges: z.array(z.object({ cursor: z.string(), node: row })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
  });
  const { edges, pageInfo } = readAnswer(question, schema, data[field]);
  return { question, edges, ...pageInfo };
}

/** Throws CheckFailure naming what in the answer is not of the contract's form. */
export function readAnswer<Value>(
  question: GraphqlQuestion,
  schema: z.ZodType<Value>,
  value: unknown,
): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const mistakes = describeZodMistakes(parsed.error, schema);
  throw new CheckFailure({
    request: question,
    expected: 'an answer of the form that the contract gives',
    got: mistakes.slice(0, 3).join('; '),
  });
}
