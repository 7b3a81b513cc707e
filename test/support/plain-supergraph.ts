import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeSystem, readText, startFakeSystem } from './fake-system';

export interface PlainSubgraph {
  readonly typeDefs: string;
  readonly resolvers?: Parameters<typeof buildSubgraphSchema>[0] extends infer T
    ? T extends { resolvers?: infer R }
      ? R
      : never
    : never;
}

export interface ReceivedCall {
  readonly subgraph: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface PlainSupergraph extends AsyncDisposable {
  /** The composed supergraph. */
  readonly file: string;
  readonly calls: readonly ReceivedCall[];
  urlOf(subgraph: string): string;
}

/** A folder that is gone again after the test. */
export function createTestFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'lienthong-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Composes subgraphs; `url` names each one's address. */
export function composeSupergraph(
  subgraphs: Readonly<Record<string, string>>,
  url: (name: string) => string = (name) => `http://${name}.invalid/`,
): string {
  const services = Object.entries(subgraphs).map(([name, typeDefs]) => ({
    name,
    url: url(name),
    typeDefs: parse(typeDefs),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], String(errors?.[0]?.message));
  return supergraphSdl;
}

/** Real HTTP subgraphs without shards on free ports, and their supergraph in a file. */
export async function startPlainSupergraph(
  subgraphs: Readonly<Record<string, PlainSubgraph>>,
): Promise<PlainSupergraph> {
  const stack = new AsyncDisposableStack();
  const calls: ReceivedCall[] = [];
  const systems = new Map<string, FakeSystem>();
  for (const [name, subgraph] of Object.entries(subgraphs)) {
    systems.set(
      name,
      stack.use(await startSubgraph(subgraph, (headers) => calls.push({ subgraph: name, headers }))),
    );
  }
  const folder = stack.use(createTestFolder());
  const file = join(folder.path, 'supergraph.graphql');
  const typeDefs = Object.entries(subgraphs).map(([name, subgraph]) => [name, subgraph.typeDefs] as const);
  const urlOf = (name: string): string => systems.get(name)?.url ?? '';
  writeFileSync(file, composeSupergraph(Object.fromEntries(typeDefs), urlOf));
  return { file, calls, urlOf, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function startSubgraph(
  { typeDefs, resolvers }: PlainSubgraph,
  onCall: (headers: Readonly<Record<string, unknown>>) => void,
): Promise<FakeSystem> {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), ...(resolvers && { resolvers }) });
  return startFakeSystem(async (request, response) => {
    onCall(request.headers);
    // Our gateway writes this body.
    const { query, variables } = JSON.parse(await readText(request)) as {
      query: string;
      variables: Record<string, unknown>;
    };
    const result = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  });
}
