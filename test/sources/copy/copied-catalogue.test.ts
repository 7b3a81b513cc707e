import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenCopy } from '../../../subgraphs/sources/copy/open-copy';
import type { RawRecord } from '../../../subgraphs/sources/copy/record-reader';
import { openTestCopy, plainMapping } from '../../support/copied-system';
import { eventually } from '../../support/eventually';
import { complete, rows, ScriptedReader } from '../../support/scripted-reader';

const PROCEDURES = `procedures:
  from: { path: /procedures }
  columns: { code: code, name: name }
  publishedBy: { column: agency, values: { "1": H23.X01, "2": H23.X02 } }
  validFrom: { column: from, format: vietnamese }
  validTo: { column: to, format: vietnamese }
`;
const BY_NAME = '  procedure: { column: procedure, byName: {} }';
const { signal } = new AbortController();

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'copy-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function open(reader: ScriptedReader, more = ''): Promise<OpenCopy> {
  const mapping = plainMapping(more, PROCEDURES);
  return openTestCopy({ mapping, reader, folder });
}

function procedure(code: string, name: string, changes: RawRecord = {}): RawRecord {
  return { code, name, agency: 1, ...changes };
}

/** Names by code, as the catalogue serves them on a day. */
function served(copy: OpenCopy, asOf = '2024-06-28'): Readonly<Record<string, string>> {
  const { catalogue } = copy;
  if (catalogue === null) throw new Error('The catalogue of this system is copied');
  const entries = [...catalogue.find(catalogue.codes(), asOf).values()].map(
    ({ record, competence }) => [record.code, `${record.name} (${competence.agency})`] as const,
  );
  return Object.fromEntries(entries);
}

describe('a catalogue that is copied', () => {
  it('is served whole once it was told, and swapped when it changed', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    expect(() => served(copy)).toThrow('being copied for the first time');
    reader.willTell(
      [rows('', [procedure('1', 'Khai sinh'), procedure('2', 'Kết hôn')]), complete('', 'm1')],
      [],
    );
    await copy.copier.copyOnce({ signal });
    await eventually(
      () => copy.catalogue?.isServing,
      (isServing) => isServing === true,
    );
    expect(served(copy)).toEqual({ 1: 'Khai sinh (H23.X01)', 2: 'Kết hôn (H23.X01)' });

    reader.willTell([rows('', [procedure('1', 'Khai sinh, khai tử')]), complete('', 'm2')], []);
    await copy.copier.copyOnce({ signal });
    await eventually(
      () => served(copy),
      (names) => names['2'] === undefined,
    );
    expect(served(copy)).toEqual({ 1: 'Khai sinh, khai tử (H23.X01)' });
  });

  it('knows who published a procedure when, from a row each', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader);
    reader.willTell([
      rows('', [
        procedure('1', 'Cấp phép', { agency: 2, from: '01/03/2025' }),
        procedure('1', 'Cấp phép (cũ)', { to: '28/02/2025' }),
      ]),
      complete(''),
    ]);
    await copy.copier.copyOnce({ signal });
    await eventually(
      () => copy.catalogue?.isServing,
      (isServing) => isServing === true,
    );
    expect(served(copy, '2025-02-28')).toEqual({ 1: 'Cấp phép (H23.X01)' });
    expect(served(copy, '2025-03-01')).toEqual({ 1: 'Cấp phép (H23.X02)' });
  });

  it('gives the dossiers of its system their procedures by name', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader, BY_NAME);
    const dossier = { code: 'A', agency: 1, status: 'open', received: '2024-06-01 08:00:00' };
    reader.willTell(
      [
        rows('', [
          procedure('1', 'Khai sinh'),
          procedure('2', 'Khai sinh lưu động'),
          procedure('3', 'Mai táng'),
          procedure('4', 'Mai táng'),
        ]),
        complete('', 'm'),
      ],
      [
        rows('', [
          { ...dossier, procedure: 'THỦ TỤC KHAI SINH' },
          { ...dossier, code: 'B', procedure: 'Mai táng' },
        ]),
        complete('', 'm'),
      ],
    );
    await copy.copier.copyOnce({ signal });
    const found = await copy.dossiers?.findByCodes(['A', 'B']);
    expect(found?.map(({ code, procedure: of }) => [code, of])).toEqual([
      ['A', '1'],
      ['B', null],
    ]);
    expect(copy.store.problems()).toMatchObject([
      { code: 'ROW_DOUBTFUL_PROCEDURE', value: 'Mai táng', count: 1 },
    ]);
  });

  it('changes what the names of its dossiers mean when it changes', async () => {
    const reader = new ScriptedReader();
    await using copy = await open(reader, BY_NAME);
    const dossier = { code: 'A', agency: 1, status: 'open', procedure: 'Hoả táng' };
    const all = [rows('', [dossier]), complete('', 'm')];
    reader.willTell([rows('', [procedure('1', 'Khai sinh')]), complete('', 'm')], all);
    await copy.copier.copyOnce({ signal });
    reader.willTell([rows('', [procedure('2', 'Hỏa táng')], 'n')], all);
    await copy.copier.copyOnce({ signal });
    expect(reader.requests.map(({ collection, pass }) => `${pass} ${collection}`)).toEqual([
      'full procedures',
      'full dossiers',
      'changes procedures',
      'full dossiers',
    ]);
    const [found] = (await copy.dossiers?.findByCodes(['A'])) ?? [];
    expect(found?.procedure).toBe('2');
  });
});
