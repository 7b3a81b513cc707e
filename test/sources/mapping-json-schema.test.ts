import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { projectRoot } from '../../schema/runtime/project-root';
import { printMappingJsonSchema } from '../../subgraphs/sources/mapping/mapping-json-schema';
import { readSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';

const root = projectRoot();
const schema = JSON.parse(printMappingJsonSchema()) as object; // An object, as every printed schema.
const validate = new Ajv({ allErrors: true, schemaId: 'auto' }).compile(schema);

const folders = ['docs/examples', 'test/fixtures'];
const mappings = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /^kind: (sql|rest|soap|sheet)\b/m.test(readFileSync(file, 'utf8'))),
);

describe('the JSON Schema of a mapping', () => {
  it('is committed as printed', () => {
    expect(readFileSync(join(root, 'docs', 'system-mapping.schema.json'), 'utf8')).toBe(
      printMappingJsonSchema(),
    );
  });

  it.each(mappings)('accepts %s, as readSystemMapping does', (file) => {
    expect(() => readSystemMapping(file)).not.toThrow();

    validate(parse(readFileSync(file, 'utf8')));
    expect(validate.errors).toBeNull();
  });

  it.each<[string, (mapping: Record<string, unknown>) => void]>([
    ['a kind that there is not', (mapping) => (mapping['kind'] = 'oracle')],
    ['a key that there is not', (mapping) => (mapping['tabel'] = 'x')],
    ['no agency', (mapping) => (mapping['agencies'] = [])],
    [
      'a password in the file',
      (mapping) => (mapping['connection'] = { ...(mapping['connection'] as object), password: 'hush' }),
    ],
  ])('refuses %s', (_, spoil) => {
    // The example is an object, by readSystemMapping above.
    const mapping = parse(
      readFileSync(join(root, 'docs/examples/mappings/sql-postgres.yaml'), 'utf8'),
    ) as Record<string, unknown>;
    spoil(mapping);

    expect(validate(mapping)).toBe(false);
  });

  it('tells an editor what the keys are for', () => {
    const text = JSON.stringify(schema);

    expect(text).toContain('Codes, in either notation, of the agencies whose rows this system holds.');
    expect(text).toContain('Hẹn trả: promised.');
  });
});

describe('the example mappings', () => {
  it('are one for each kind, and each names its schema for editors', () => {
    const kinds = mappings
      .filter((file) => file.includes('examples'))
      .map((file) => {
        expect(readFileSync(file, 'utf8')).toMatch(
          /^# yaml-language-server: \$schema=\.\.\/\.\.\/system-mapping\.schema\.json\n/,
        );
        return readSystemMapping(file).kind;
      });

    expect([...new Set(kinds)].sort()).toEqual(['rest', 'sheet', 'soap', 'sql']);
  });
});
