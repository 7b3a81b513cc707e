import { buildProceduresSchema, createProceduresContext } from '../../subgraphs/procedures/schema';
import type { ProcedureStore } from '../../subgraphs/procedures/procedure-store';
import type {
  CataloguePageRequest,
  ProcedureSelection,
} from '../../subgraphs/sources/catalogue/catalogue-query';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import { runConformance } from '../../subgraphs/onboarding/conform/run-conformance';
import { readRegisteredDirectory } from '../support/registered-directory';
import { readRegisteredProcedures } from '../support/registered-procedures';
import { serveSubgraph } from '../support/served-subgraphs';

const records = readRegisteredProcedures().slice(0, 150);

/** A catalogue that understands a question in another way than it is meant. */
function misunderstanding(
  change: (selection: ProcedureSelection) => ProcedureSelection,
  ofPage: (request: CataloguePageRequest) => CataloguePageRequest = (request) => request,
): ProcedureStore {
  const catalogue = new LocalCatalogue(records);
  return {
    counts: (selections) => catalogue.counts(selections.map(change)),
    pages: (requests) =>
      catalogue.pages(requests.map(ofPage).map((one) => ({ ...one, selection: change(one.selection) }))),
    find: (codes, asOf) => catalogue.find(codes, asOf),
  };
}

const FAULTS: readonly (readonly [what: string, store: ProcedureStore, id: string, says: RegExp])[] = [
  [
    'looks for the first word only',
    misunderstanding((selection) => ({
      ...selection,
      ...(selection.words && { words: selection.words.slice(0, 1) }),
    })),
    'procedures.search',
    /words that start with those of/,
  ],
  [
    'puts the names in place of the nearest',
    misunderstanding(
      (selection) => selection,
      (request) => ({ ...request, selection: { ...request.selection, words: undefined } }),
    ),
    'procedures.nearest',
    /order and nearness of/,
  ],
  [
    'does not look at what is not clean',
    misunderstanding((selection) => ({ ...selection, issues: undefined })),
    'filters.issues',
    /what is not clean is/,
  ],
  [
    'takes an empty list of levels for none',
    misunderstanding((selection) => ({
      ...selection,
      levels: selection.levels?.length === 0 ? undefined : selection.levels,
    })),
    'filters.list',
    /level is one of none/,
  ],
  [
    'heeds the first channel only',
    misunderstanding((selection) => ({ ...selection, channels: selection.channels?.slice(0, 1) })),
    'filters.list',
    /channel is \w+ or \w+/,
  ],
];

describe('a catalogue that gets one thing wrong', () => {
  it.each(FAULTS)('%s', async (_, store, id, says) => {
    const deps = { store, directory: readRegisteredDirectory() };
    const subgraph = {
      schema: buildProceduresSchema(deps),
      createContext: (now: string) => createProceduresContext(deps, { now }),
    };
    await using served = await serveSubgraph('procedures', subgraph, []);

    const { checks } = await runConformance({ url: served.url, now: '2024-06-28T03:00:00Z', only: [id] });

    expect(checks[0]).toMatchObject({ id, status: 'fail' });
    expect(checks[0]?.evidence?.expected).toMatch(says);
  });
});
