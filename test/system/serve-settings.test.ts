import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServeSettings } from '../../subgraphs/system/serve-settings';

describe('the settings of "system serve"', () => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-settings-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names a mapping and a directory that are not there at once, with the way out', () => {
    const read = () => readServeSettings(['missing.yaml', '--data', folder], {}, join(__dirname, '..', '..'));
    expect(read).toThrow(/FILE: there is no file .*missing\.yaml/);
    expect(read).toThrow(/--directory: there is no file .*agency-directory\.json; .*"lienthong province"/);
  });
});
