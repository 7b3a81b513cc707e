import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arguments, type Config, readConfig } from '../../gateway/config';
import type { Environment } from '../../schema/runtime/environment';
import { projectRoot } from '../../schema/runtime/project-root';
import { createTestFolder } from '../support/plain-supergraph';

const SECRET = 'sixteen letters!';
const DEFAULTS = {
  supergraph: '/own/supergraph.graphql',
  operations: '/own/operations',
  workingFolder: '/srv',
};

function read(yaml: string | null, env: Environment = {}, args: Arguments = {}): Config {
  using folder = createTestFolder();
  const file = join(folder.path, 'gateway.yaml');
  if (yaml !== null) writeFileSync(file, yaml);
  return readConfig(yaml === null ? args : { config: file, ...args }, env, DEFAULTS);
}

it('serves the own supergraph on the loopback address when nothing is said', () => {
  const config = read(null);

  expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, registry: null, now: null, corsOrigins: [] });
  expect(config).toMatchObject({ supergraph: '/own/supergraph.graphql', operations: '/own/operations' });
  expect(Object.isFrozen(config)).toBe(true);
});

it('lets the command line win over the environment, and the environment over the file', () => {
  const yaml = 'port: 1\nhost: 10.0.0.1\nlogLevel: warn';

  expect(read(yaml)).toMatchObject({ port: 1, host: '10.0.0.1', logLevel: 'warn' });
  expect(read(yaml, { PORT: '2' })).toMatchObject({ port: 2, host: '10.0.0.1' });
  expect(read(yaml, { PORT: '2' }, { port: '3' })).toMatchObject({ port: 3 });
});

it('shows no ready queries of the province for another supergraph', () => {
  expect(read(null, { LIENTHONG_SUPERGRAPH: 'other.graphql' })).toMatchObject({
    supergraph: '/srv/other.graphql',
    operations: null,
  });
});

it('takes the clock of the province in whole seconds of UTC', () => {
  expect(read('province: { now: "2024-06-28T10:00:00+07:00" }').now).toBe('2024-06-28T03:00:00Z');
  expect(read(null, { LIENTHONG_NOW: '2024-06-28T10:00+07:00' }).now).toBe('2024-06-28T03:00:00Z');
});

it('names every mistake of the file, the environment and the command line at once', () => {
  const yaml = 'deadlineMs: soon\ncorz: {}\ncors: { origins: [haiduong.gov.vn] }';
  const env = {
    LIENTHONG_NOW: 'today',
    LIENTHONG_SECRET: 'short',
    LIENTHONG_CORS_ORIGINS: 'https://a.vn/path',
  };

  const reading = (): Config => read(yaml, env, { port: 'x' });

  for (const mistake of [
    'line 1: deadlineMs',
    'unknown key "corz"',
    'line 3: cors.origins[0]: must be an origin such as',
    'PORT must be a whole number from 0 to 65535, got "x"',
    'LIENTHONG_NOW must be an instant with its offset',
    'LIENTHONG_SECRET must have at least 16 characters',
    'LIENTHONG_CORS_ORIGINS must list origins such as https://stp.haiduong.gov.vn, got "https://a.vn/path"',
  ]) {
    expect(reading).toThrow(mistake);
  }
});

describe('cursor keys', () => {
  it('are the same on every gateway with the same secret, and the former one still verifies', () => {
    const env = { LIENTHONG_SECRET: SECRET, LIENTHONG_SECRET_PREVIOUS: `${SECRET} of before` };

    const keys = read(null, env).cursorKeys;

    expect(keys.map(({ secret }) => secret)).toEqual([SECRET, `${SECRET} of before`]);
    expect(read(null, env).cursorKeys).toEqual(keys);
    expect(JSON.stringify(keys.map(({ id }) => id))).not.toContain(SECRET);
  });

  it('are random for one gateway without a secret, and refused for several', () => {
    expect(read(null).cursorKeys).not.toEqual(read(null).cursorKeys);
    expect(() => read('gateways: 2')).toThrow('LIENTHONG_SECRET must be set: 2 gateways');
    expect(() => read('gateways: 2', { LIENTHONG_SECRET: SECRET })).not.toThrow();
  });
});

it('accepts the documented sample, which names every setting', () => {
  const sample = join(projectRoot(), 'docs', 'lienthong.example.yaml');

  const config = readConfig({ config: sample }, { LIENTHONG_SECRET: SECRET }, DEFAULTS);

  expect(config.port).toBe(4000);
});
