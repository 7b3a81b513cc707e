import { runConformance } from '../../subgraphs/onboarding/conform/run-conformance';
import { failuresOf, skippedOf } from '../support/conformance-findings';
import { houseSubgraphs } from '../support/houses/house-subgraphs';
import { HOUSE_NAMES, HOUSES } from '../support/houses/houses';
import { sampleRows } from '../support/houses/sample-rows';
import { readRegisteredDirectory } from '../support/registered-directory';
import { serveSubgraph } from '../support/served-subgraphs';
import { SERVER_START_MS } from '../support/servers/shared-server';

const NOW = '2024-06-28T03:00:00Z';
const ROWS = sampleRows({ dossiers: 40, procedures: 40 });
const AGENCIES = ROWS.agencies.map(({ code }) => code);
const directory = readRegisteredDirectory();

describe.each(HOUSE_NAMES)('the house %s', (name) => {
  it(
    'conforms with its dossiers and its catalogue',
    async () => {
      await using house = await HOUSES[name].open(ROWS);
      const subgraphs = houseSubgraphs(house, directory);
      for (const subgraph of ['dossiers', 'procedures'] as const) {
        const own = subgraphs[subgraph];
        const served = { schema: own.schema, createContext: (now: string) => own.createContext({ now }) };
        await using endpoint = await serveSubgraph(subgraph, served, AGENCIES);

        const report = await runConformance({ url: endpoint.url, now: NOW });

        expect(report.subgraph).toBe(subgraph);
        expect(failuresOf(report)).toEqual([]);
        expect(skippedOf(report)).toEqual([]);
      }
    },
    SERVER_START_MS,
  );
});
