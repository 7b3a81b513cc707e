import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startOwnSystem } from '../../docs/examples/own-subgraph/src/start';
import { AGENCIES, SAMPLE_DOSSIERS } from '../../docs/examples/own-subgraph/src/sample-dossiers';
import { projectRoot } from '../../schema/runtime/project-root';
import { runConformance } from '../../subgraphs/onboarding/conform/run-conformance';
import { composeSdl } from '../support/compose-sharded';
import { failuresOf, skippedOf } from '../support/conformance-findings';

const KIT = join(projectRoot(), 'docs', 'examples', 'own-subgraph');

type Json = Record<string, unknown>;

async function ask(url: string, query: string, variables: Json = {}): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'lienthong-now': '2024-06-28T03:00:00Z' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Json;
}

/** The kit, listening. */
async function ownSystem() {
  const server = await startOwnSystem('127.0.0.1', 0);
  const at = (subgraph: string) => `http://127.0.0.1:${server.port}/${subgraph}`;
  return {
    at,
    dossiers: (query: string, variables?: Json) => ask(at('dossiers'), query, variables),
    procedures: (query: string, variables?: Json) => ask(at('procedures'), query, variables),
    holdings: async () => (await (await fetch(at('holdings'))).json()) as Json,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('the kit for an agency that writes its own subgraph', () => {
  it.each(filesUnder(join(KIT, 'contract')))('carries %s as it stands in the project', (file) => {
    const original = file === 'match-rank.ts' ? 'subgraphs/sources/catalogue' : 'schema';

    expect(readFileSync(join(KIT, 'contract', file), 'utf8')).toBe(
      readFileSync(join(projectRoot(), original, file), 'utf8'),
    );
  });

  it('names the versions that the project itself uses', () => {
    const ours = packagesOf(projectRoot());
    const kit = packagesOf(KIT);

    // A peer of type-graphql, which npm brings along for us.
    const { 'graphql-scalars': scalars, ...named } = kit;
    expect(named).toEqual(Object.fromEntries(Object.keys(named).map((name) => [name, ours[name]])));
    expect(scalars).toBe(versionOf('graphql-scalars'));
  });

  it('serves the contract: its SDL composes with shards', async () => {
    await using own = await ownSystem();
    const sdl = async (answer: Promise<Json>) =>
      ((await answer)['data'] as { _service: { sdl: string } })._service.sdl;

    const [dossiers, procedures] = await Promise.all([
      sdl(own.dossiers('{ _service { sdl } }')),
      sdl(own.procedures('{ _service { sdl } }')),
    ]);

    expect(() => composeSdl({ dossiers, procedures })).not.toThrow();
  });

  it('says which agencies it holds', async () => {
    await using own = await ownSystem();

    expect(await own.holdings()).toEqual({ subgraphs: { dossiers: AGENCIES, procedures: AGENCIES } });
  });

  it.each(['dossiers', 'procedures'] as const)('conforms with its %s', async (subgraph) => {
    await using own = await ownSystem();
    // Asked for an entity of no type, the kit logs what went wrong.
    const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);

    const report = await runConformance({ url: own.at(subgraph), now: '2024-06-28T03:00:00Z' });
    logged.mockRestore();

    expect(report.subgraph).toBe(subgraph);
    expect(failuresOf(report)).toEqual([]);
    expect(skippedOf(report)).toEqual([]);
  });

  it.each(['RECEIVED_DESC', 'RECEIVED_ASC', 'DUE_ASC', 'DUE_DESC'])(
    'gives every dossier once over the pages of %s',
    async (orderBy) => {
      await using own = await ownSystem();
      const codes: string[] = [];
      let after: string | null = null;
      do {
        const { data } = await own.dossiers(
          'query ($orderBy: DossierOrder, $after: String) { dossiers(orderBy: $orderBy, first: 7, after: $after) { edges { node { code } } pageInfo { hasNextPage endCursor } } }',
          { orderBy, after },
        );
        const { edges, pageInfo } = (data as { dossiers: Page }).dossiers;
        codes.push(...edges.map(({ node }) => node.code));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);

      expect(codes).toHaveLength(SAMPLE_DOSSIERS.length);
      expect(new Set(codes)).toEqual(new Set(SAMPLE_DOSSIERS.map(({ code }) => code)));
    },
  );

  it('answers representations in their order, null for what is not here', async () => {
    await using own = await ownSystem();
    const [first, second] = SAMPLE_DOSSIERS;
    const received = SAMPLE_DOSSIERS.filter(
      ({ receivingAgency, receivedAt, status }) =>
        receivingAgency === 'H23.X04' && receivedAt !== null && status !== 'NOT_ACCEPTED',
    );

    const { data } = await own.dossiers(
      'query ($these: [_Any!]!) { _entities(representations: $these) { __typename ... on Dossier { code } ... on Agency { performance { received } } } }',
      {
        these: [
          { __typename: 'Dossier', code: second?.code },
          { __typename: 'Dossier', code: 'none' },
          { __typename: 'Agency', code: 'H23.X04' },
          { __typename: 'Dossier', code: first?.aliases[0] },
        ],
      },
    );

    expect(data).toEqual({
      _entities: [
        { __typename: 'Dossier', code: second?.code },
        null,
        { __typename: 'Agency', performance: { received: received.length } },
        { __typename: 'Dossier', code: first?.code },
      ],
    });
  });

  it('refuses what the caller did wrong with a code', async () => {
    await using own = await ownSystem();

    const { errors } = await own.dossiers(
      '{ a: dossiers(first: 0) { totalCount } b: dossiers(after: "x") { totalCount } c: dossiers(filter: { dueFrom: "2024-06-02", dueTo: "2024-06-01" }) { totalCount } }',
    );

    expect((errors as { extensions: Json }[]).map(({ extensions }) => extensions['code'])).toEqual([
      'INVALID_PAGE_SIZE',
      'INVALID_CURSOR',
      'INVALID_DAY_RANGE',
    ]);
  });

  it('finds procedures by the beginnings of their words, without accents, nearest first', async () => {
    await using own = await ownSystem();

    const { data } = await own.procedures(
      '{ procedures(filter: { text: "chung thuc" }) { edges { node { name issues { code } } } } }',
    );

    expect(data).toEqual({
      procedures: {
        edges: [
          { node: { name: 'CHỨNG THỰC CHỮ KÝ', issues: [{ code: 'NAME_NOT_CLEAN' }] } },
          { node: { name: 'Chứng thực bản sao từ bản chính', issues: [{ code: 'FEE_SUSPECTED_DECIMAL' }] } },
        ],
      },
    });
  });
});

interface Page {
  readonly edges: readonly { readonly node: { readonly code: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

function filesUnder(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(folder, name)).isFile());
}

function packagesOf(folder: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  return { ...dependencies, ...devDependencies };
}

function versionOf(name: string): string {
  const text = readFileSync(join(projectRoot(), 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
