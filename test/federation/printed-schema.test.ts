import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { type ASTNode, type DefinitionNode, Kind, parse, visit } from 'graphql';
import { projectRoot } from '../../schema/runtime/project-root';
import { printSchemaFiles } from '../../subgraphs/printed-schema';

const files = [...printSchemaFiles()];
const subgraphs = files.filter(([file]) => file !== 'supergraph.graphql');

const DESCRIBED: readonly string[] = [
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
];

/** The shard spec is quoted from its own file, and the root needs no words. */
function isOurs(definition: DefinitionNode): boolean {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION || !('name' in definition)) return false;
  return !definition.name?.value.startsWith('shard__');
}

/** Schema coordinates without a description. */
function undescribed(sdl: string): string[] {
  const found: string[] = [];
  for (const definition of parse(sdl).definitions.filter(isOurs)) {
    const path: string[] = [];
    visit(definition, {
      enter: (node) => {
        if (!isDescribable(node)) return;
        path.push(node.name.value);
        if (node.description === undefined && path.join('.') !== 'Query') found.push(path.join('.'));
      },
      leave: (node) => {
        if (isDescribable(node)) path.pop();
      },
    });
  }
  return found;
}

function isDescribable(
  node: ASTNode,
): node is ASTNode & { readonly name: { readonly value: string }; readonly description?: unknown } {
  return DESCRIBED.includes(node.kind);
}

describe('the printed schema', () => {
  it.each(files)('is committed as schema/%s', (file, text) => {
    expect(readFileSync(join(projectRoot(), 'schema', file), 'utf8')).toBe(text);
  });

  it('shows the client every root field and nothing of the shard spec', () => {
    const api = Supergraph.build(new Map(files).get('supergraph.graphql') ?? '')
      .apiSchema()
      .toGraphQLJSSchema();

    expect(Object.keys(api.getQueryType()?.getFields() ?? {}).sort()).toEqual(
      [
        ...['agencies', 'agency', 'componentSites', 'componentSite', 'places', 'place'],
        ...['procedures', 'procedure', 'dossiers', 'dossier', 'performance'],
      ].sort(),
    );
    expect(Object.keys(api.getTypeMap()).filter((name) => /shard/i.test(name))).toEqual([]);
    expect(api.getDirectives().filter(({ name }) => /shard|gather/i.test(name))).toEqual([]);
  });

  it.each(subgraphs)('describes everything in %s', (_file, text) => {
    expect(undescribed(text)).toEqual([]);
  });
});
