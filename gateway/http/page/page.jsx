import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './page.css';

const WORKERS = { json: '/json.worker.js', graphql: '/graphql.worker.js' };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(WORKERS[label] ?? '/editor.worker.js', { type: 'module' }),
};

/** Answers of every status are shown: a refused query's explanation is what its writer wants to see. */
async function ask(params, { headers } = {}) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(params),
  });
  return response.json();
}

/** The ready queries; a supergraph without any opens with GraphiQL's own greeting. */
async function readTabs() {
  const response = await fetch('/operations.json');
  const operations = response.ok ? await response.json() : [];
  return operations.map(({ query }) => ({ query }));
}

function Page({ tabs }) {
  return (
    <GraphiQL
      fetcher={ask}
      {...(tabs.length > 0 && { defaultTabs: tabs })}
      defaultEditorToolsVisibility={false}
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>
        <span className="lienthong-logo">Liên Thông</span>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

createRoot(document.getElementById('page')).render(<Page tabs={await readTabs()} />);
