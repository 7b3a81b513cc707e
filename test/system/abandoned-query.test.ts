import { execFileSync } from 'node:child_process';
import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createLogger } from '../../schema/runtime/logger';
import { startSystemServer, type SystemServer } from '../../subgraphs/system/system-server';

it('a query whose asker hung up while the system was busy is not run', async () => {
  const asked: string[] = [];
  await using server: SystemServer = await startLibrary((title) => {
    asked.push(title);
    if (title === 'long') askAndHangUp(server, 'abandoned');
    return title;
  });

  expect(await ask(server, 'long')).toEqual({ data: { book: 'long' } });
  expect(await ask(server, 'next')).toEqual({ data: { book: 'next' } });
  expect(asked).toEqual(['long', 'next']);
});

function startLibrary(book: (title: string) => string): Promise<SystemServer> {
  const query = new GraphQLObjectType<unknown, unknown>({
    name: 'Query',
    fields: {
      book: {
        type: GraphQLString,
        args: { title: { type: new GraphQLNonNull(GraphQLString) } },
        resolve: (_, { title }: { readonly title: string }) => book(title),
      },
    },
  });
  return startSystemServer({
    system: 'library',
    subgraphs: { books: { schema: new GraphQLSchema({ query }), createContext: () => ({}) } },
    holdings: {},
    host: '127.0.0.1',
    port: 0,
    now: () => '2024-06-28T03:00:00Z',
    logger: createLogger({ level: 'silent', write: () => undefined }),
  });
}

async function ask({ port }: SystemServer, title: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/books`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyFor(title),
  });
  return response.json();
}

/** From another process, and over when this returns: nothing in this one has run meanwhile. */
function askAndHangUp({ port }: SystemServer, title: string): void {
  const body = bodyFor(title);
  const request = [
    'POST /books HTTP/1.1',
    'host: library',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
  const script = `const asker = require('node:net').connect(${port}, '127.0.0.1');
    asker.write(${JSON.stringify(request)}, () => asker.destroy());`;
  execFileSync(process.execPath, ['-e', script]);
}

function bodyFor(title: string): string {
  return JSON.stringify({ query: `{ book(title: "${title}") }` });
}
