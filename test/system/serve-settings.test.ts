import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
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
  for (const told of ['PORT', '70000', 'LIENTHONG_NOW', 'gestern', 'FILE: which mapping', 'nowhere.csv'])
    expect(String(error)).toContain(told);
});

it('refuses an option that it does not know, by name', () => {
  expect(() => readServeSettings(['a.yaml', '--prot', '1'], {}, projectRoot())).toThrow(/--prot.*--help/s);
});

it('takes several mappings, from wherever they are, and its own lists of days off and procedures', () => {
  using folder = createTestFolder();
  for (const file of ['agency-directory.json', 'a.yaml', 'b.yaml'])
    writeFileSync(join(folder.path, file), '[]');

  const settings = readServeSettings(
    [
      join(folder.path, 'a.yaml'),
      relative(process.cwd(), join(folder.path, 'b.yaml')),
      '--data',
      folder.path,
    ],
    { PORT: '0' },
    projectRoot(),
  );

  expect(settings).toMatchObject({
    files: [join(folder.path, 'a.yaml'), join(folder.path, 'b.yaml')],
    port: 0,
    storeFolder: join(folder.path, 'copies'),
    directoryFile: join(folder.path, 'agency-directory.json'),
    now: null,
  });
});

it('gives nothing when help is asked for', () => {
  expect(readServeSettings(['--help'], {}, projectRoot())).toBeNull();
});

it('names a mapping that is not there, and needs no directory of its own', () => {
  using folder = createTestFolder();
  const read = () => readServeSettings(['missing.yaml', '--data', folder.path], {}, projectRoot());

  expect(read).toThrow(/FILE: there is no file .*missing\.yaml/);
  expect(read).not.toThrow(/--directory/);
});
