import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';
import { projectRoot } from '../../schema/runtime/project-root';

export interface ShardDefinitions {
  /** The definitions of schema/shard.graphql, without its comments. */
  readonly sdl: string;
  /** Names with their `@`, in the order of the file. */
  readonly directives: readonly string[];
}

/** The file is the one place where the shard spec is written; a subgraph's SDL quotes it. */
export function readShardDefinitions(): ShardDefinitions {
  const document = parse(readFileSync(join(projectRoot(), 'schema', 'shard.graphql'), 'utf8'));
  const directives = document.definitions.flatMap((definition) =>
    definition.kind === Kind.DIRECTIVE_DEFINITION ? [`@${definition.name.value}`] : [],
  );
  return { sdl: print(document), directives };
}
