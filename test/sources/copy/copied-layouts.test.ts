import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkingCalendar } from '../../../schema/calendar';
import type { CopiedDossiers } from '../../../subgraphs/sources/copy/copied-dossiers';
import { sqlRecordReader } from '../../../subgraphs/sources/copy/sql-record-reader';
import type { DossierCriteria } from '../../../subgraphs/sources/dossiers/dossier-query';
import type { DossierRow } from '../../../subgraphs/sources/dossiers/dossier-row';
import { SYSTEM_MAPPING_SCHEMAS, type SqlSystem } from '../../../subgraphs/sources/mapping/system-mapping';
import { openSqliteDossiers } from '../../../subgraphs/sources/sql/open-dossier-source';
import type { SqlDossierSource } from '../../../subgraphs/sources/sql/sql-dossier-source';
import { asAgencyDatabase } from '../../support/sqlite-in-memory';
import { openTestCopy } from '../../support/copied-system';
import { layoutDatabase, type LayoutName } from '../../support/dossier-layouts';
import { randomDossiers } from '../../support/random-dossiers';

const NOW = '2024-06-28T03:00:00Z';
const LAYOUTS: readonly LayoutName[] = ['A', 'B', 'D'];
const calendar = createWorkingCalendar([{ date: '2024-04-30', kind: 'off' }]);
const dossiers = randomDossiers(1_200, 3);

type Asked = Pick<SqlDossierSource, Exclude<keyof CopiedDossiers, 'serve' | 'isServing' | symbol>>;

function inAnyOrder<Item>(items: readonly Item[]): readonly Item[] {
  const texts = new Map(items.map((item) => [item, JSON.stringify(item)]));
  return items.toSorted((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}

function shared({ supplementsKey: _, stepsKey: __, ...row }: DossierRow) {
  return row;
}

const CRITERIA: readonly DossierCriteria[] = [
  {},
  { agencies: ['H23.X02', 'H23.X03'] },
  { procedures: ['1.000001'], statuses: [4, 10] },
  { fields: ['Hộ tịch'], channels: ['ONLINE'] },
  { timeliness: ['OVERDUE', 'LATE'], receivedFrom: '2024-04-01', dueTo: '2024-06-20' },
];

async function answersOf(source: Asked): Promise<unknown> {
  const answers = [];
  for (const criteria of CRITERIA) {
    for (const order of ['RECEIVED_DESC', 'DUE_ASC'] as const) {
      const page = await source.page({ criteria, order, after: null, limit: 60, now: NOW });
      answers.push(page.map(shared));
    }
    answers.push(await source.count({ criteria, now: NOW }));
    answers.push([...(await source.countByAgency({ criteria, now: NOW }))].toSorted());
  }
  for (const clock of ['LOCAL', 'NATIONAL'] as const) {
    for (const groupBy of ['agency', 'month', 'field', 'channel'] as const) {
      const query = {
        criteria: {},
        clock,
        from: '2024-04-01',
        to: '2024-06-30',
        now: NOW,
        splitBy: null,
        groupBy,
      };
      answers.push(inAnyOrder(await source.performance(query)));
    }
  }
  const rows = await source.findByCodes([...dossiers.map(({ code }) => code), 'BN-1', 'BN-7']);
  const supplements = await source.supplements(rows.flatMap((row) => row.supplementsKey ?? []));
  const steps = await source.steps(rows.flatMap((row) => row.stepsKey ?? []));
  answers.push(
    inAnyOrder(
      rows.map((row) => ({
        ...shared(row),
        supplements: supplements && (supplements.get(row.supplementsKey ?? '') ?? []),
        steps: steps && (steps.get(row.stepsKey ?? '') ?? []),
      })),
    ),
  );
  return answers;
}

describe('a database that is copied', () => {
  it.each(LAYOUTS)('answers as it does live, in layout %s', async (layout) => {
    const { database, mapping } = layoutDatabase(layout, dossiers);
    await using live = openSqliteDossiers({ database, mapping, calendar });
    const folder = mkdtempSync(join(tmpdir(), 'copied-'));
    const system: SqlSystem = {
      ...SYSTEM_MAPPING_SCHEMAS.sql.parse({
        version: 1,
        system: 'copied',
        name: 'copied',
        kind: 'sql',
        mode: 'copy',
        agencies: ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'],
        connection: { dialect: 'sqlite', file: 'in memory' },
      }),
      dossiers: mapping,
    };
    const reader = sqlRecordReader({
      mapping: system,
      database: asAgencyDatabase(database),
      clock: () => new Date(NOW),
    });
    await using copy = await openTestCopy({ mapping: system, reader, folder, calendar });
    await copy.copier.copyOnce({ signal: new AbortController().signal });
    if (copy.dossiers === null) throw new Error('The dossiers of this system are copied');

    expect(await answersOf(copy.dossiers)).toEqual(await answersOf(live.source));
    rmSync(folder, { recursive: true });
  });
});
