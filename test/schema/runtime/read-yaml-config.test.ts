import { join } from 'node:path';
import { z } from 'zod';

import { ConfigError } from '../../../schema/runtime/config-error';
import { projectRoot } from '../../../schema/runtime/project-root';
import { parseYamlConfig, readYamlConfig } from '../../../schema/runtime/read-yaml-config';

const schema = z.strictObject({
  port: z.int().min(0).max(65_535),
  database: z.strictObject({ url: z.url(), password: z.string().min(8) }).optional(),
  systems: z
    .array(z.strictObject({ name: z.string(), kind: z.enum(['sql', 'rest']).default('sql') }))
    .default([]),
});

describe('parseYamlConfig', () => {
  it('reads what the schema makes of the file', () => {
    expect(parseYamlConfig('a.yaml', 'port: 4000\nsystems:\n  - name: tu-phap\n', schema)).toEqual({
      port: 4000,
      systems: [{ name: 'tu-phap', kind: 'sql' }],
    });
  });

  it('names every mistake with its line, its path, what was got and what is allowed', () => {
    const text = [
      'port: 70000',
      'systems:',
      '  - name: tu-phap',
      '    kind: soap',
      '  - kind: sql',
      '    colour: red',
    ].join('\n');

    expect(mistakesOf(text)).toEqual([
      'line 1: port: Too big: expected number to be <=65535, got 70000',
      'line 4: systems[0].kind: Invalid option: expected one of "sql"|"rest", got "soap"',
      'line 5: systems[1].name: Invalid input: expected string, got nothing',
      'line 5: systems[1]: unknown key "colour"; known here: name, kind',
    ]);
  });

  it('does not repeat secrets', () => {
    const text = 'port: 1\ndatabase:\n  url: "db host postgres://app:hunter2@db/x"\n  password: short\n';

    expect(mistakesOf(text).join()).not.toMatch(/hunter2|short/);
    expect(mistakesOf(text)).toHaveLength(2);
  });

  it('says where a file stops being YAML', () => {
    expect(mistakesOf('port: 1\nsystems: [a, b\n')[0]).toMatch(/^line \d: not YAML: /);
  });

  it('says what an empty file lacks', () => {
    expect(mistakesOf('')).toEqual(['(top): Invalid input: expected object, got null']);
  });

  it('names a file that cannot be read', () => {
    expect(() => readYamlConfig('/nowhere/systems.yaml', schema)).toThrow(
      /^\/nowhere\/systems\.yaml is not usable:\n {2}- cannot be read: ENOENT/,
    );
  });
});

describe('projectRoot', () => {
  it('is the folder of our package.json', () => {
    expect(join(projectRoot(), 'test/schema/runtime')).toBe(__dirname);
  });
});

function mistakesOf(text: string): readonly string[] {
  try {
    parseYamlConfig('a.yaml', text, schema);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
  }
  throw new Error('nothing was refused');
}
