import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, type GraphQLDirective, isSpecifiedDirective, Kind, parse, print } from 'graphql';
import { projectRoot } from '../../schema/runtime/project-root';

export interface ShardDefinitions {
  /** The definitions of schema/shard.graphql, without its comments. */
  readonly sdl: string;
  readonly directives: readonly GraphQLDirective[];
  /** The names of everything the file defines. */
  readonly names: ReadonlySet<string>;
}

/** The file is the one place where the shard spec is written; a subgraph's SDL quotes it. */
export function readShardDefinitions(): ShardDefinitions {
  const document = parse(readFileSync(join(projectRoot(), 'schema', 'shard.graphql'), 'utf8'));
  const names = document.definitions.flatMap((definition) =>
    definition.kind === Kind.DIRECTIVE_DEFINITION || definition.kind === Kind.ENUM_TYPE_DEFINITION
      ? [definition.name.value]
      : [],
  );
  return {
    sdl: print(document),
    directives: buildASTSchema(document)
      .getDirectives()
      .filter((directive) => !isSpecifiedDirective(directive)),
    names: new Set(names),
  };
}
