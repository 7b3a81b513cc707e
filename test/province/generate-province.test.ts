import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createAgencyDirectory, parseAgencyDirectory } from '../../schema/agency-directory';
import { projectRoot } from '../../schema/runtime/project-root';
import { findProvince } from '../../subgraphs/province/find-province';
import { generateProvince } from '../../subgraphs/province/generate-province';
import { provinceSource } from '../../subgraphs/province/province-data';
import { readProvinceLayout } from '../../subgraphs/province/province-layout';

const source = provinceSource(projectRoot());
const layout = readProvinceLayout(source.layoutFile);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function generate(dossiers = 300, seed = '1') {
  return generateProvince({ source, layout, folder, seed, dossiers });
}

function textOf(file: string): string {
  const database = new DatabaseSync(join(folder, file), { readOnly: true });
  const rows = database.prepare('SELECT * FROM Business_HoSos ORDER BY Id').all();
  database.close();
  return JSON.stringify(rows);
}

describe('a generated province', () => {
  it('has at least nine systems, a shared one of about forty agencies, and one agency in two systems', () => {
    const { systems } = generate();
    const holders = Map.groupBy(
      Object.entries(systems).flatMap(([system, { dossiers = [] }]) =>
        dossiers.map((agency) => ({ system, agency })),
      ),
      ({ agency }) => agency,
    );

    expect(Object.keys(systems).length).toBeGreaterThanOrEqual(9);
    expect(systems['mot-cua']?.dossiers?.length).toBeGreaterThanOrEqual(35);
    // Sở Giao thông vận tải: the one-stop system and the ministry's driving licences.
    expect(holders.get('H23.X09')?.map(({ system }) => system)).toEqual(['mot-cua', 'bo-gtvt']);
    expect(new Set(Object.values(layout.systems).map((system) => system.layout)).size).toBeGreaterThanOrEqual(
      3,
    );
  });

  it('keeps every dossier in exactly one system', () => {
    const { systems } = generate();

    expect(Object.values(systems).reduce((sum, { rows }) => sum + rows, 0)).toBe(300);
  });

  it('is held by agencies that the directory knows, and every agency with procedures is held', () => {
    const { systems, expected } = generate();
    const records = parseAgencyDirectory(
      JSON.parse(readFileSync(join(folder, 'agency-directory.json'), 'utf8')),
    );
    const directory = createAgencyDirectory(records);
    const held = Object.values(systems).flatMap(({ procedures = [] }) => procedures);

    expect(held.filter((code) => directory.find(code) === undefined)).toEqual([]);
    expect(expected.procedures).toEqual(expect.arrayContaining(['H23', 'H23.X04', 'H23.X41']));
    // After 2025-03-01 the criminal records of Sở Tư pháp are the police's, in the same rows.
    expect(systems['tu-phap']?.procedures).toEqual(['H23.X04', 'H23.X22']);
  });

  it('is the same for the same seed', () => {
    generate();
    const first = textOf('mot-cua.sqlite');
    generate();
    expect(textOf('mot-cua.sqlite')).toBe(first);
    generate(300, '2');
    expect(textOf('mot-cua.sqlite')).not.toBe(first);
  });

  it('is found again while it is whole, and not once a file is gone', () => {
    expect(findProvince(folder, source)).toBeNull();
    const manifest = generate();
    expect(findProvince(folder, source)).toEqual(manifest);

    rmSync(join(folder, 'tu-phap.sqlite'));
    expect(findProvince(folder, source)).toBeNull();
  });

  it('is not found when it was generated from other data', () => {
    generate();
    const manifest = join(folder, 'manifest.json');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace(/"fingerprint": "\w+"/, '"fingerprint": "0"'),
    );

    expect(findProvince(folder, source)).toBeNull();
  });

  it('leaves the one before untouched when it is killed on the way, and clears up the next time', () => {
    const before = generate();
    const leftBehind = join(folder, 'generating-killed');
    mkdirSync(leftBehind);
    writeFileSync(join(leftBehind, 'mot-cua.sqlite'), 'half');

    expect(findProvince(folder, source)).toEqual(before);
    generate(200);
    expect(readdirSync(folder).filter((name) => name.startsWith('generating-'))).toEqual([]);
  });

  it('leaves the one before untouched when generating fails', () => {
    const before = generate();

    expect(() =>
      generateProvince({
        source,
        layout,
        folder,
        seed: '1',
        dossiers: 5_000,
        report: () => {
          throw new Error('the disk is full');
        },
      }),
    ).toThrow('the disk is full');
    expect(findProvince(folder, source)).toEqual(before);
  });
});
