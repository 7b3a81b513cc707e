import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSystemMapping, readSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import { MissingSecretError, readSecret } from '../../subgraphs/sources/mapping/secret';
import { thrownBy } from '../support/thrown-by';

const DOSSIERS = `
dossiers:
  table: hoso
  code: ma_ho_so
  receivingAgency: { column: don_vi, values: { STP: H23.X04 } }
  status: { columns: [trang_thai], values: [{ when: [DANG_XL], status: 4 }] }
  dates:
    received: { column: ngay_tiep_nhan, format: timestamp }
`;

const POSTGRES = `
version: 1
system: tu-phap
name: Sở Tư pháp
kind: sql
agencies: [H23.X04]
connection:
  dialect: postgres
  host: 10.0.0.7
  database: motcua
  user: lienthong
  password: { env: TU_PHAP_PASSWORD }
${DOSSIERS}`;

describe('the mapping of a system', () => {
  it('may be as short as what cannot be guessed', () => {
    const mapping = parseSystemMapping('tu-phap.yaml', POSTGRES);

    expect(mapping).toMatchObject({
      kind: 'sql',
      mode: 'live',
      connection: { pool: 8, statementTimeoutMs: 2_000, tls: 'off' },
      copy: { every: 300_000, fullEvery: 86_400_000 },
      dossiers: { channel: null, dates: { due: null }, supplements: null },
    });
  });

  it('tells every mistake at once: line, path, what was got and what is allowed', () => {
    const wrong = POSTGRES.replace('system: tu-phap', 'system: Tư pháp')
      .replace('postgres', 'dbase')
      .replace('status: 4', 'status: 44')
      .replace('format: timestamp', 'format: lunar');

    const mistakes = String(thrownBy(() => parseSystemMapping('tu-phap.yaml', wrong)));

    expect(mistakes).toContain(
      'line 3: system: must be a short name in lower case, such as so-y-te, got "Tư pháp"',
    );
    expect(mistakes).toMatch(/line 8: connection\.dialect: .*"dbase"/);
    expect(mistakes).toMatch(/line 18: dossiers\.status\.values\[0\]\.status: .*<=10, got 44/);
    expect(mistakes).toMatch(/line 20: dossiers\.dates\.received\.format: .*"local-text"\|.*got "lunar"/);
  });

  it('names the kinds there are when it has none of them', () => {
    const unkind = POSTGRES.replace('kind: sql', 'kind: oracle');

    expect(() => parseSystemMapping('x.yaml', unkind)).toThrow(
      /kind: .*"sql"\|"rest"\|"soap"\|"sheet".*got "oracle"/,
    );
    expect(() => parseSystemMapping('x.yaml', 'just a text')).toThrow('x.yaml is not usable');
    expect(() => parseSystemMapping('x.yaml', 'a: [b')).toThrow('line 1: not YAML');
  });

  it('takes no password, only the name of the place where one is kept, and does not repeat one', () => {
    const open = POSTGRES.replace('{ env: TU_PHAP_PASSWORD }', 'matkhau123');

    const message = String(thrownBy(() => parseSystemMapping('x.yaml', open)));

    expect(message).toContain(
      'connection.password: must say where the secret is kept: { env: NAME } or { file: PATH }',
    );
    expect(message).not.toContain('matkhau123');
  });

  it('refuses rows of agencies that the system does not hold, for every gateway would', () => {
    expect(() => parseSystemMapping('x.yaml', POSTGRES.replace('STP: H23.X04', 'STP: H23.X05'))).toThrow(
      'dossiers.receivingAgency: "H23.X05" is not among the agencies of this system (H23.X04)',
    );
  });

  it('refuses to ask a database by dates that do not sort, and says what does', () => {
    const vietnamese = POSTGRES.replace('format: timestamp', 'format: vietnamese');

    expect(() => parseSystemMapping('x.yaml', vietnamese)).toThrow(
      /dossiers\.dates\.received\.format: "vietnamese" does not sort in time.*mode: copy/,
    );
    expect(parseSystemMapping('x.yaml', `mode: copy\n${vietnamese}`)).toMatchObject({ mode: 'copy' });
  });

  it('refuses them in supplements and steps too', () => {
    const more = `
  supplements: { table: bs, dossier: ma, refersTo: ma_ho_so, requestedAt: { column: ngay, format: iso }, completedAt: null, dueBefore: null, dueAfter: null }
  steps: { table: qt, dossier: ma, refersTo: ma_ho_so, at: { column: luc, format: vietnamese }, status: null, unit: null, dueAt: null }
`;

    const mistakes = String(thrownBy(() => parseSystemMapping('x.yaml', `${POSTGRES.trimEnd()}${more}`)));

    expect(mistakes).toContain('dossiers.supplements.requestedAt.format: "iso" does not sort in time');
    expect(mistakes).toContain('dossiers.steps.at.format: "vietnamese" does not sort in time');
  });

  it('keeps figures only where it is told to, of live dossiers, by a change that sorts', () => {
    const keep = `figures: { keep: true, every: 30s }\n${POSTGRES}`;
    const changed = `${keep.trimEnd()}\n  updatedAt: { column: sua_luc, format: vietnamese }\n`;

    expect(parseSystemMapping('x.yaml', POSTGRES)).toMatchObject({ figures: { keep: false } });
    expect(parseSystemMapping('x.yaml', keep)).toMatchObject({
      figures: { keep: true, every: 30_000, fullEvery: 86_400_000 },
    });
    expect(() => parseSystemMapping('x.yaml', `mode: copy\n${keep}`)).toThrow(
      'figures.keep: a copy is asked for its figures itself',
    );
    expect(() => parseSystemMapping('x.yaml', keep.replace(DOSSIERS, ''))).toThrow(
      'figures.keep: this system has no dossiers',
    );
    expect(() => parseSystemMapping('x.yaml', changed)).toThrow(
      /dossiers\.updatedAt\.format: "vietnamese" does not sort in time/,
    );
  });

  it('describes at least one list, and says who publishes when it holds several agencies', () => {
    const nothing = POSTGRES.replace(DOSSIERS, '');
    const catalogue = `${nothing.replace('[H23.X04]', '[H23.X04, H23.X05]')}
procedures:
  table: thutuc
  columns: { code: ma, name: ten }
`;

    expect(() => parseSystemMapping('x.yaml', nothing)).toThrow(
      'a system serves dossiers, procedures or both',
    );
    expect(() => parseSystemMapping('x.yaml', catalogue)).toThrow(
      'procedures.publishedBy: must say who publishes',
    );
  });

  it('reads a service, with the columns that an expression makes', () => {
    const mapping = parseSystemMapping(
      'x.yaml',
      `
version: 1
system: y-te
name: Sở Y tế
kind: rest
agencies: [H23.X21]
connection:
  baseUrl: http://10.0.0.9/api
  auth: { scheme: bearer, token: { file: /run/secrets/y-te } }
  envelope: { codePath: response_code, ok: ['0', '00'] }
dossiers:
  from: { path: /dossiers, paging: { kind: page, param: page } }
  computed: { trangThai: 'row.loai + "/" + row.muc' }
  code: maHoSo
  receivingAgency: { constant: H23.X21 }
  status: { columns: [trangThai], match: folded, values: [{ when: [A/1], status: 2 }] }
  dates: { received: { column: nhan, format: iso } }
`,
    );

    expect(mapping).toMatchObject({
      kind: 'rest',
      dossiers: { from: { method: 'GET', paging: { first: 1, size: 200 } }, status: { match: 'folded' } },
    });
  });

  it('says which file cannot be read', () => {
    expect(() => readSystemMapping('/nowhere/tu-phap.yaml')).toThrow(
      /\/nowhere\/tu-phap\.yaml.*\n.*cannot be read/,
    );
  });
});

describe('a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-secret-'));
  const file = join(folder, 'password');

  it('comes from the environment, or from a file without its last line break', () => {
    writeFileSync(file, 'mật khẩu\n');

    expect(readSecret({ env: 'A' }, { A: 'x' })).toBe('x');
    expect(readSecret({ file }, {})).toBe('mật khẩu');
  });

  it('that is not there is told by its place', () => {
    writeFileSync(file, '\n');

    expect(() => readSecret({ env: 'A' }, { A: '' })).toThrow(MissingSecretError);
    expect(() => readSecret({ env: 'A' }, {})).toThrow('The environment variable A is not set');
    expect(() => readSecret({ file }, {})).toThrow(`The secret file ${file} is empty`);
    expect(() => readSecret({ file: join(folder, 'none') }, {})).toThrow('cannot be read');
  });
});
