import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually';
import { readText, startFakeSystem } from './fake-system';
import { LIBRARY } from './library-subgraphs';
import { composeSupergraph, createTestFolder } from './plain-supergraph';

/** A supergraph whose one subgraph answers each request only when the test says so. */
export interface HeldSubgraph extends AsyncDisposable {
  readonly file: string;
  /** The bodies of the requests that have come, the answered ones too. */
  readonly asked: readonly string[];
  /** Waits until so many requests have come. */
  untilAsked(count: number): Promise<void>;
  /** Answers a request, counted from 0, with a JSON text. */
  answer(place: number, json: string): void;
  /** Waits until the gateway has hung up on a request, counted from 0. */
  untilLetGo(place: number): Promise<void>;
}

export async function startHeldSubgraph(): Promise<HeldSubgraph> {
  const stack = new AsyncDisposableStack();
  const asked: string[] = [];
  const held: { readonly answer: (json: string) => void; isLetGo: boolean }[] = [];
  const system = stack.use(
    await startFakeSystem(async (request, response) => {
      const one = {
        answer: (json: string) => void response.setHeader('content-type', 'application/json').end(json),
        isLetGo: false,
      };
      response.once('close', () => (one.isLetGo = !response.writableFinished));
      const body = await readText(request);
      held.push(one);
      asked.push(body);
    }),
  );
  const file = join(stack.use(createTestFolder()).path, 'supergraph.graphql');
  const typeDefs = { books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs };
  writeFileSync(
    file,
    composeSupergraph(typeDefs, () => system.url),
  );
  return {
    file,
    asked,
    untilAsked: async (count) =>
      void (await eventually(
        () => asked.length,
        (length) => length >= count,
      )),
    answer: (place, json) => held[place]?.answer(json),
    untilLetGo: async (place) =>
      void (await eventually(
        () => held[place]?.isLetGo,
        (isLetGo) => isLetGo === true,
      )),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
