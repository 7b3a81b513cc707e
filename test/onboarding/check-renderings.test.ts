import type { DatabaseSync } from 'node:sqlite';
import { html } from '../../subgraphs/onboarding/check/html';
import {
  checkReportOf,
  readPage,
  runCheck,
  writeSqliteSystem,
  type WrittenSystem,
} from '../support/checked-system';
import { layoutDatabase, sampleDossier } from '../support/dossier-layouts';

const NASTY = '<script src="https://evil.example/x.js">alert(1)</script>';

function faultySystem(): WrittenSystem {
  const dossiers = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'].map((receivingAgency) =>
    sampleDossier({ code: `${receivingAgency}-240603-0001`, receivingAgency, dueAt: null }),
  );
  const { database, mapping } = layoutDatabase('B', dossiers);
  spoil(database);
  return writeSqliteSystem({ database, mapping, changes: { name: 'Sở "Tư pháp" & <b>bạn</b>' } });
}

function spoil(database: DatabaseSync): void {
  database
    .prepare("UPDATE cmon_hosotthccong SET TRANGTHAIHOSO = ? WHERE MASOHOSO LIKE 'H23.X01%'")
    .run(NASTY);
  database.exec(`DROP INDEX hoso_maso;
    UPDATE cmon_hosotthccong SET CHUSOHUU = 'Nguyễn Văn An', HOTENNGUOINOPHOSO = 'Nguyễn Văn An', CMNDNGUOINHAN = '030099001234', TRICHYEU = 'Xin cấp lại cho Nguyễn Văn An'`);
}

describe('the HTML page of a check', () => {
  it('shows whatever stands in the system as text, and asks nobody for anything', async () => {
    using system = faultySystem();
    await runCheck(system, ['--html', 'page.html']);
    const page = readPage(system, 'page.html');
    expect(page).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|\son\w+=/i);
    const tags = page.match(/<[a-z][^>]*>/gi)?.join('') ?? '';
    expect(tags).not.toMatch(/\s(?:src|href|action|srcset|data)=/i);
    expect(page).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
    expect(page).toContain('&lt;script src=&quot;https://evil.example/x.js&quot;&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('Sở &quot;Tư pháp&quot; &amp; &lt;b&gt;bạn&lt;/b&gt;');
  });

  it('is one Vietnamese document with English marked as such, and tables that can be read out', async () => {
    using system = faultySystem();
    await runCheck(system, ['--html', 'page.html']);
    const page = readPage(system, 'page.html');
    expect(page).toMatch(/^<!doctype html>\s*<html lang="vi">/i);
    expect(page).toContain('<meta charset="utf-8"');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('lang="en"');
    expect(page.match(/<table>/g)?.length).toBe(page.match(/<caption>/g)?.length);
    expect(page).toContain('<th scope="col"');
    expect(page).toContain('4 hồ sơ không có ngày hẹn trả');
    expect(page).toContain('CREATE INDEX');
    expect(page).toContain('20 hồ sơ quá hạn của một cơ quan');
    expect(page).toContain('@media print');
  });
});

describe('the report of a check', () => {
  it('shows nothing of people, whatever the rendering', async () => {
    using system = faultySystem();
    const text = await runCheck(system, ['--html', 'page.html']);
    const json = await runCheck(system, ['--json']);
    for (const rendering of [text.out, json.out, readPage(system, 'page.html')]) {
      expect(rendering).not.toContain('Nguyễn');
      expect(rendering).not.toContain('030099001234');
      expect(rendering).toContain('H23.X02-240603-0001');
    }
  });

  it('has the same shape every time', async () => {
    using system = faultySystem();
    const { report } = await checkReportOf(system);
    expect(shapeOf(report)).toEqual({
      version: 'number',
      system: {
        id: 'string',
        name: 'string',
        kind: 'string',
        mode: 'string',
        source: 'string',
        mapping: 'string',
      },
      checkedAt: 'string',
      tookMs: 'number',
      now: 'string',
      connection: 'string',
      summary: { errors: 'number', warnings: 'number', notes: 'number' },
      dossiers: {
        rows: 'number',
        served: 'number',
        deleted: 'number',
        firstReceived: 'string',
        lastReceived: 'string',
        agencies: [{ agency: 'string', rows: 'number', firstReceived: 'string', lastReceived: 'string' }],
      },
      procedures: 'null',
      queries: [{ name: 'string', tookMs: 'number', plan: 'string', detail: 'string' }],
      copy: 'null',
      findings: [
        {
          code: 'string',
          severity: 'string',
          place: 'null',
          count: 'number',
          message: { vi: 'string', en: 'string' },
          remedy: { vi: 'string', en: 'string' },
          examples: ['string'],
          values: [],
          moreValues: 'number',
          rows: [],
          sql: 'null',
        },
      ],
      notChecked: [],
    });
  });

  it('names the ten typical queries with time and plan, and the index that would help', async () => {
    using system = faultySystem();
    const { report } = await checkReportOf(system);
    expect(report.queries).toHaveLength(10);
    for (const { tookMs } of report.queries ?? []) expect(tookMs).not.toBeNull();
    const index = report.findings.find(({ code }) => code === 'INDEX_MISSING');
    expect(index).toMatchObject({
      severity: 'warning',
      place: 'a dossier by its code',
      sql: 'CREATE INDEX "lt_cmon_hosotthccong_masohoso" ON "cmon_hosotthccong" ("MASOHOSO")',
    });
  });

  it('tells a person in a terminal what is worst first, and how it ends', async () => {
    using system = faultySystem();
    const { out, err } = await runCheck(system);
    expect(err).toBe('');
    expect(out).toContain('4 dossiers, 4 served, 0 deleted; received 2024-06-03 to 2024-06-03');
    expect(out).toMatch(/WARNING 4 dossiers have no promised date\n {8}for example H23\.X01-240603-0001/);
    expect(out).toContain('CREATE INDEX "lt_cmon_hosotthccong_masohoso"');
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^Ready: 0 errors, 3 warnings, 0 notes\.$/);
    // No colour where no terminal is.
    expect(out).not.toContain('\u001b[');
  });
});

describe('html', () => {
  it('escapes texts, in lists and attributes too, and leaves html alone', () => {
    const inner = html`<b>${'a < b'}</b>`;
    expect(html`<p title="${'"x"'}">${[inner, "'"]}${null}${false}${3}</p>`.text).toBe(
      '<p title="&quot;x&quot;"><b>a &lt; b</b>&#39;3</p>',
    );
  });
});

/** Names and types; of a list only the first item. */
function shapeOf(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}
