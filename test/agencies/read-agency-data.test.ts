import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { readAgencyData } from '../../subgraphs/agencies/read-agency-data';

const source = join(projectRoot(), 'subgraphs/province/data');

/** Reads a copy of the data in which one text of one file is replaced. */
function readWith(file: string, from: string, to: string) {
  const folder = mkdtempSync(join(tmpdir(), 'agencies-'));
  try {
    cpSync(source, folder, { recursive: true });
    // One file of the copy differs from the source, by one text.
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replace(from, to));
    return readAgencyData(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the registered data', () => {
  it('holds 58 agencies, 52 with a site: the placeholder of procedures.csv is none of them', () => {
    const { agencies, sites } = readAgencyData(source);

    expect({ agencies: agencies.length, sites: sites.length }).toEqual({ agencies: 58, sites: 52 });
    expect(agencies.map(({ key }) => key)).not.toContain('huyen_or_xa');
  });

  it.each([
    [
      'an unknown level',
      'agencies.csv',
      ',province,specialised,',
      ',region,specialised,',
      /agencies\.csv line 2.*\n.*level/,
    ],
    ['an impossible day', 'communes.csv', '2025-06-30', '2025-06-31', /communes\.csv line 2.*\n.*valid_to/],
    [
      'a date that is none',
      'agencies.csv',
      ',2019-01,',
      ',2019-13,',
      /agencies\.csv line 22.*\n.*valid_from/,
    ],
    ['a code of two agencies', 'agency_codes.csv', 'H23.X02,', 'H23.X01,', /"H23\.X01" is given twice/],
    ['an agency without a code', 'agency_codes.csv', 'vpubnd,QD_20_2020', 'other,QD_20_2020', /"vpubnd"/],
    [
      'a successor group nobody knows',
      'agency_successions.csv',
      '(12 district committees)',
      '(all of them)',
      /all of them/,
    ],
  ])('is refused with %s, saying where', (_what, file, from, to, message) => {
    expect(() => readWith(file, from, to)).toThrow(message);
  });
});
