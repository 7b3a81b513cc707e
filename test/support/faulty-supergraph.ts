import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { readText, startFakeSystem } from './fake-system';
import { LIBRARY } from './library-subgraphs';
import { composeSupergraph, createTestFolder, startPlainSupergraph } from './plain-supergraph';

const FAULTY = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query {
    coded: Int  hidden: Int  uncoded: Int  html: Int  gone: Int  hangs: Int  promised: Promised  listed: [Int!]
    whole: Promised!  extra: Int  several: Int
  }
  type Promised { value: Int!  other: Int }`;

/** What the faulty subgraph answers to a request that asks for the field. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  coded: json(
    '{"data":{"coded":null},"errors":[{"message":"no","path":["coded"],"extensions":{"code":"NO","why":[1]}}]}',
  ),
  hidden: json(
    '{"data":{"hidden":null},"errors":[{"message":"at db-7","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}',
  ),
  uncoded: json('{"data":{"uncoded":null},"errors":[{"message":"at db-7","path":["uncoded"]}]}'),
  html: (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<p>'),
  gone: (response) => void response.destroy(),
  hangs: () => undefined,
  promised: json('{"data":{"promised":{"value":null,"other":3}}}'),
  listed: json('{"data":{"listed":[1,null,"x"]}}'),
  whole: json('{"data":{"whole":null}}'),
  extra: json('{"data":{"extra":1,"__proto__":{"a":1},"more":2},"extensions":{"secret":1}}'),
  several: json(
    '{"data":null,"errors":[{"message":"a","extensions":{"code":"A"}},{"message":"b","extensions":{"code":"B"}}]}',
  ),
};

function json(text: string): (response: ServerResponse) => void {
  return (response) => void response.setHeader('content-type', 'application/json').end(text);
}

export interface FaultySupergraph extends AsyncDisposable {
  /** The composed supergraph of the library and of one subgraph whose every field goes wrong in a way of its own. */
  readonly file: string;
}

export async function startFaultySupergraph(): Promise<FaultySupergraph> {
  const stack = new AsyncDisposableStack();
  const library = stack.use(await startPlainSupergraph(LIBRARY));
  const faulty = stack.use(
    await startFakeSystem(async (request, response) => {
      const text = await readText(request);
      const field = Object.keys(ANSWERS).find((name) => new RegExp(`\\b${name}\\b`).test(text));
      if (field === undefined) response.destroy();
      else ANSWERS[field]?.(response);
    }),
  );
  const file = join(stack.use(createTestFolder()).path, 'supergraph.graphql');
  const typeDefs = { books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs, faulty: FAULTY };
  writeFileSync(
    file,
    composeSupergraph(typeDefs, (name) => (name === 'faulty' ? faulty.url : library.urlOf(name))),
  );
  return { file, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
