import { z } from 'zod';
import { MAPPING_DESCRIPTIONS } from './mapping-descriptions';
import { SYSTEM_MAPPING_SCHEMAS } from './system-mapping';

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/**
 * The JSON Schema of a mapping, for editors: draft 7, which all of them know. What needs more than one value (an agency that is not
 * among the system's) only `readSystemMapping` tells.
 */
export function printMappingJsonSchema(): string {
  const { sql, rest, soap, sheet } = SYSTEM_MAPPING_SCHEMAS;
  const printed = z.toJSONSchema(z.discriminatedUnion('kind', [sql, rest, soap, sheet]), {
    target: 'draft-7',
    io: 'input',
    reused: 'ref',
  });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A system of an agency',
    description: 'Printed from code by `npm run schema`; do not edit.',
    // What zod gives is plain JSON.
    ...(describe(printed as Json, []) as Record<string, Json>),
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

/** Puts the descriptions at the keys, by the path of keys that leads there as far as one definition shows it. */
function describe(node: Json, path: readonly string[]): Json {
  if (Array.isArray(node)) return node.map((item: Json) => describe(item, path));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node)
      // Nobody writes a mapping by a program that would heed it, and some editors grey such keys.
      .filter(([key, value]) => key !== 'readOnly' && key !== '$schema' && !isOwnFormat(key, value))
      .map(([key, value]) => [
        key,
        key === 'properties' && isObject(value)
          ? describeProperties(value, path)
          : describe(value, key === 'definitions' ? SOMEWHERE : path),
      ]),
  );
}

/** zod names checks of its own as formats; a validator refuses those that it does not know. The pattern beside them says the same. */
function isOwnFormat(key: string, value: Json): boolean {
  return key === 'format' && value !== 'uri' && typeof value === 'string';
}

function describeProperties(properties: { readonly [key: string]: Json }, path: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const own = [...path, name];
      return [name, withDescription(describe(schema, own), descriptionOf(own))];
    }),
  );
}

/** Where a definition is used, it does not know. */
const SOMEWHERE = ['…'];

function descriptionOf(path: readonly string[]): string | undefined {
  if (path.length === 1) return MAPPING_DESCRIPTIONS[`.${path[0]}`] ?? MAPPING_DESCRIPTIONS[path[0] ?? ''];
  return MAPPING_DESCRIPTIONS[path.slice(-2).join('.')] ?? MAPPING_DESCRIPTIONS[path.at(-1) ?? ''];
}

/** Beside a $ref, draft 7 reads nothing else. */
function withDescription(schema: Json, description: string | undefined): Json {
  if (description === undefined || !isObject(schema)) return schema;
  if ('$ref' in schema) return { description, allOf: [schema] };
  return { description, ...schema };
}

function isObject(node: Json): node is { readonly [key: string]: Json } {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
