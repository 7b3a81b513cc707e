import { serverAudits } from 'graphql-http';
import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { startTestGateway, type TestGateway } from '../support/test-gateway';

let supergraph: PlainSupergraph;
let gateway: TestGateway;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
  gateway = await startTestGateway({ supergraph: supergraph.file });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await supergraph[Symbol.asyncDispose]();
});

const AUDITS = serverAudits({ url: () => `${gateway.url}/graphql` });

describe('the audit of GraphQL over HTTP', () => {
  it('has 61 demands', () => {
    expect(AUDITS).toHaveLength(61);
  });

  it.each(AUDITS.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (_id, _name, audit) => {
      const result = await audit.fn();

      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    },
  );
});
