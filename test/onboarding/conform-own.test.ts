import { buildProceduresSchema, createProceduresContext } from '../../subgraphs/procedures/schema';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import type { ConformanceReport } from '../../subgraphs/onboarding/conform/conformance-report';
import { runConformance } from '../../subgraphs/onboarding/conform/run-conformance';
import { randomDossiers } from '../support/random-dossiers';
import { readRegisteredDirectory } from '../support/registered-directory';
import { readRegisteredProcedures } from '../support/registered-procedures';
import { serveDossiers, serveSubgraph } from '../support/served-subgraphs';

const NOW = '2024-06-28T03:00:00Z';

function failuresOf({ checks }: ConformanceReport): readonly unknown[] {
  return checks.filter(({ status }) => status === 'fail').map(({ id, evidence }) => ({ id, evidence }));
}

function skippedOf({ checks }: ConformanceReport): readonly string[] {
  return checks.filter(({ status }) => status === 'skipped').map(({ id }) => id);
}

describe('our own subgraphs conform', () => {
  it.each(['A', 'B', 'D'] as const)('dossiers over layout %s', async (layout) => {
    await using served = await serveDossiers(layout, randomDossiers(250, 7));

    const report = await runConformance({ url: served.url, now: NOW });

    expect(report.subgraph).toBe('dossiers');
    expect(failuresOf(report)).toEqual([]);
    expect(skippedOf(report)).toEqual([]);
  });

  it('procedures, over the registered catalogue', async () => {
    const directory = readRegisteredDirectory();
    const deps = { store: new LocalCatalogue(readRegisteredProcedures()), directory };
    const subgraph = {
      schema: buildProceduresSchema(deps),
      createContext: (now: string) => createProceduresContext(deps, { now }),
    };
    const agencies = directory.expand(['H23'], { includeChildren: true, includePredecessors: false });
    await using served = await serveSubgraph('procedures', subgraph, agencies);

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 600 });

    expect(report.subgraph).toBe('procedures');
    expect(failuresOf(report)).toEqual([]);
    expect(skippedOf(report)).toEqual([]);
  });
});

describe('a sample of a big system', () => {
  it('is some months of one agency when every agency is too big, and the report says which', async () => {
    await using served = await serveDossiers('A', randomDossiers(400, 3));

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 60 });

    expect(report.sample).toMatch(/^\d+ of 400 rows: those of H23\.X0\d received from 2024-0\d to 2024-0\d$/);
    expect(failuresOf(report)).toEqual([]);
  });

  it('is some agencies when they fit', async () => {
    await using served = await serveDossiers('A', randomDossiers(400, 3));

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 120 });

    expect(report.sample).toMatch(/^\d+ of 400 rows: those of H23\.X0\d$/);
    expect(failuresOf(report)).toEqual([]);
  });
});
