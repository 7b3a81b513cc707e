import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import { type DocumentNode, GraphQLSchema, print, specifiedDirectives, visit } from 'graphql';
import { buildSchemaSync, type ContainerType, type NonEmptyArray } from 'type-graphql';
import { readShardDefinitions, type ShardDefinitions } from './shard-definitions';

const FEDERATION_SPEC = 'https://specs.apollo.dev/federation/v2.9';
const SHARD_SPEC = 'https://specs.lienthong.vn/shard/v1.0';

/** A class with type-graphql decorators. */
export type DecoratedClass = abstract new (...args: never[]) => object;

export interface FederatedClasses {
  /** Every @Resolver class of the subgraph. */
  readonly resolvers: readonly [DecoratedClass, ...DecoratedClass[]];
  /** Types that no field returns, such as an entity another subgraph leads to. Never left out: decorators register globally. */
  readonly orphanedTypes: readonly DecoratedClass[];
}

/**
 * The SDL of a subgraph as composition wants it: types, directives and descriptions of the decorated classes, under the
 * `@link` lines of the specs whose directives are used. A subgraph that uses @shardBy, @shardArg or @gather also links and
 * composes the shard spec and carries its definitions.
 */
export function printFederatedSdl(classes: FederatedClasses): string {
  return toFederatedSdl(buildPlainSchema(classes, NO_INSTANCES));
}

/** The schema as type-graphql builds it, before federation: `container` finds the resolver instances at run time. */
export function buildPlainSchema(classes: FederatedClasses, container: ContainerType): GraphQLSchema {
  return buildSchemaSync({
    // The library's arrays are mutable and of `Function`; it only reads them.
    resolvers: [...classes.resolvers] as NonEmptyArray<DecoratedClass>,
    orphanedTypes: [...classes.orphanedTypes],
    container,
    validate: false,
    // It asks the whole schema of itself; composition of the printed one finds more, and every thread pays for it at start.
    skipCheck: true,
  });
}

export function toFederatedSdl(schema: GraphQLSchema): string {
  const shard = readShardDefinitions();
  const types = ownDefinitions(schema, shard);
  const used = directivesUsed(types);
  const shardNames = shard.directives.map(({ name }) => `@${name}`);
  const isSharded = shardNames.some((name) => used.has(name));
  const federation = [...used, ...(isSharded ? ['@composeDirective'] : [])].filter(
    (name) => !shardNames.includes(name),
  );
  const lines = [
    link(FEDERATION_SPEC, federation.sort()),
    ...(isSharded ? [link(SHARD_SPEC, shardNames), ...shardNames.map(composeDirective)] : []),
  ];
  const head = `extend schema\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return [head, ...(isSharded ? [shard.sdl] : []), print(types)].join('\n\n').trimEnd() + '\n';
}

/** The printer must know the shard directives, or it would write their enum values as strings; then they are left to `shard.sdl`. */
function ownDefinitions(schema: GraphQLSchema, shard: ShardDefinitions): DocumentNode {
  const config = schema.toConfig();
  const document = getDocumentNodeFromSchema(
    new GraphQLSchema({ ...config, directives: [...config.directives, ...shard.directives] }),
  );
  const definitions = document.definitions.filter(
    (definition) => !('name' in definition && shard.names.has(definition.name?.value ?? '')),
  );
  return { ...document, definitions };
}

function directivesUsed(document: DocumentNode): Set<string> {
  const builtIn = new Set(specifiedDirectives.map((directive) => directive.name));
  const used = new Set<string>();
  visit(document, {
    Directive: (node) => {
      if (!builtIn.has(node.name.value)) used.add(`@${node.name.value}`);
    },
  });
  return used;
}

function link(url: string, names: readonly string[]): string {
  return `@link(url: "${url}", import: [${names.map((name) => `"${name}"`).join(', ')}])`;
}

function composeDirective(name: string): string {
  return `@composeDirective(name: "${name}")`;
}

const NO_INSTANCES: ContainerType = {
  get: (resolver: { readonly name: string }) => {
    throw new Error(`The schema printed for ${resolver.name} cannot run: use buildFederatedSchema`);
  },
};
