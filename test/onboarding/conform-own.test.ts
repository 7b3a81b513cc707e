import { buildProceduresSchema, createProceduresContext } from '../../subgraphs/procedures/schema';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import { runConformance } from '../../subgraphs/onboarding/conform/run-conformance';
import { failuresOf, skippedOf } from '../support/conformance-findings';
import { randomDossiers } from '../support/random-dossiers';
import { readRegisteredDirectory } from '../support/registered-directory';
import { readRegisteredProcedures } from '../support/registered-procedures';
import { serveDossiers, serveSubgraph } from '../support/served-subgraphs';

const NOW = '2024-06-28T03:00:00Z';

describe('our own subgraphs conform', () => {
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

/** What looks at the sample through its filter. */
const SAMPLED = ['rows', 'cursors', 'filters', 'performance'];

describe('a sample of a big system', () => {
  it('is some months of one agency when every agency is too big, and the report says which', async () => {
    await using served = await serveDossiers('A', randomDossiers(400, 3));

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 60, only: SAMPLED });

    expect(report.sample).toMatch(/^\d+ of 400 rows: those of H23\.X0\d received from 2024-0\d to 2024-0\d$/);
    expect(failuresOf(report)).toEqual([]);
  });

  it('is some agencies when they fit', async () => {
    await using served = await serveDossiers('A', randomDossiers(400, 3));

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 120, only: SAMPLED });

    expect(report.sample).toMatch(/^\d+ of 400 rows: those of H23\.X0\d$/);
    expect(failuresOf(report)).toEqual([]);
  });

  it('is found without /holdings, by the agencies of the first pages', async () => {
    await using served = await serveDossiers('A', randomDossiers(400, 3), { isDeclared: false });

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 120, only: ['rows', 'pages'] });

    expect(report.agencies).toEqual([]);
    expect(report.sample).toMatch(/^\d+ of 400 rows: those of H23\.X0\d$/);
    expect(failuresOf(report)).toEqual([]);
  });

  it('that cannot be found is a failure, not a pass with nothing checked', async () => {
    await using served = await serveDossiers('A', randomDossiers(400, 3));

    const report = await runConformance({ url: served.url, now: NOW, maxRows: 2 });

    expect(report.checks.find(({ id }) => id === 'rows.readable')?.evidence?.got).toMatch(
      /^no month of H23\.X0\d has at most 2 rows: raise --sample$/,
    );
    expect(report.sample).toBeNull();
    expect(skippedOf(report)).toContain('pages.concatenate');
  });
});

describe('a system whose rows change while it is looked at', () => {
  it('conforms all the same: what fails is looked at again with the new rows', async () => {
    const rows = randomDossiers(60, 5);
    await using served = await serveDossiers('A', rows.slice(0, 50));
    const late = rows.slice(50);

    const report = await runConformance({
      url: served.url,
      now: NOW,
      onCheck({ id }) {
        // One more dossier right before each check of totals.
        const next = id.startsWith('filters.') ? late.pop() : undefined;
        if (next !== undefined) served.add(next);
      },
    });

    expect(late.length).toBeLessThan(4);
    expect(failuresOf(report)).toEqual([]);
  });
});
