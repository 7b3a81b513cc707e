import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Pool } from 'undici';
import { heavyMerged } from './hand-heavy-merged';
import { heavySame } from './hand-heavy-same';
import { medium } from './hand-medium';
import { small } from './hand-small';
import type { Ask, HandPlan } from './hand-plan';

/**
 * What a program written for these three queries alone can do: no schema, no validation, no limits, no errors. `HAND` is "same"
 * (the subgraph requests of the stock gateway) or "merged" (entity fetches of a moment merged, representations once each);
 * `SUBGRAPHS` is JSON from name to URL, `QUERIES` the folder of the queries, `PORT` a number.
 */
function main(env: NodeJS.ProcessEnv): void {
  const isMerged = env['HAND'] === 'merged';
  const plans = new Map<string, HandPlan>([
    [readQuery(env, 'small'), small],
    [readQuery(env, 'medium'), medium(isMerged)],
    [readQuery(env, 'heavy'), isMerged ? heavyMerged : heavySame],
  ]);
  const ask = createAsk(env['SUBGRAPHS'] ?? '{}');
  createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer(Buffer.concat(chunks).toString('utf8'), plans, ask).then(
        (body) => {
          const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
          response.writeHead(200, headers).end(body);
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }).listen(Number(env['PORT']), '127.0.0.1');
}

function readQuery(env: NodeJS.ProcessEnv, name: string): string {
  return readFileSync(join(env['QUERIES'] ?? '.', `${name}.graphql`), 'utf8');
}

async function answer(body: string, plans: ReadonlyMap<string, HandPlan>, ask: Ask): Promise<string> {
  // The bench sends what GraphQL over HTTP says.
  const { query, variables } = JSON.parse(body) as { query: string; variables: object };
  const plan = plans.get(query);
  if (!plan) throw new Error('There is no plan for this query');
  return JSON.stringify({ data: await plan(ask, variables) });
}

/** Subgraphs by name, each with its pool. */
function createAsk(subgraphs: string): Ask {
  const pools = new Map(
    // The bench writes this variable.
    Object.entries(JSON.parse(subgraphs) as Record<string, string>).map(([name, url]) => [
      name,
      new Pool(new URL(url).origin, { connections: 128 }),
    ]),
  );
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return async <T>(subgraph: string, query: string, variables: object): Promise<T> => {
    const pool = pools.get(subgraph);
    if (!pool) throw new Error(`There is no subgraph ${subgraph}`);
    const body = JSON.stringify({ query, variables });
    const answered = await pool.request({ method: 'POST', path: '/graphql', headers, body });
    // The plan's claim: it wrote the query, and the runner compares every answer before it measures.
    const { data } = JSON.parse(await answered.body.text()) as { data?: T };
    if (data === undefined) throw new Error(`${subgraph} did not answer`);
    return data;
  };
}

main(process.env);
