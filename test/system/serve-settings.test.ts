import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../schema/runtime/config-error';
import { projectRoot } from '../../schema/runtime/project-root';
import { readServeSettings } from '../../subgraphs/system/serve-settings';
import { createTestFolder } from '../support/plain-supergraph';
import { thrownBy } from '../support/thrown-by';

it('tells every mistake of the command line and the environment at once', () => {
  using folder = createTestFolder();
  const args = ['--port', '70000', '--now', 'gestern', '--data', folder.path, '--holidays', 'nowhere.csv'];

  const error = thrownBy(() => readServeSettings(args, {}, projectRoot()));

  expect(error).toBeInstanceOf(ConfigError);
  for (const told of [
    'PORT',
    '70000',
    'LIENTHONG_NOW',
    'gestern',
    'FILE: which mapping',
    '--directory',
    'nowhere.csv',
  ])
    expect(String(error)).toContain(told);
});

it('refuses an option that it does not know, by name', () => {
  expect(() => readServeSettings(['a.yaml', '--prot', '1'], {}, projectRoot())).toThrow(/--prot.*--help/s);
});

it('takes several mappings, from wherever they are, and its own lists of days off and procedures', () => {
  using folder = createTestFolder();
  writeFileSync(join(folder.path, 'agency-directory.json'), '[]');

  const settings = readServeSettings(
    [join(folder.path, 'a.yaml'), 'b.yaml', '--data', folder.path],
    { PORT: '0' },
    projectRoot(),
  );

  expect(settings).toMatchObject({
    files: [join(folder.path, 'a.yaml'), join(process.cwd(), 'b.yaml')],
    port: 0,
    storeFolder: join(folder.path, 'copies'),
    directoryFile: join(folder.path, 'agency-directory.json'),
    now: null,
  });
});

it('gives nothing when help is asked for', () => {
  expect(readServeSettings(['--help'], {}, projectRoot())).toBeNull();
});
