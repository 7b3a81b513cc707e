import { composeServices } from '@apollo/composition';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { projectRoot } from '../../schema/runtime/project-root';

const LINKS = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective"])
  @link(url: "https://specs.lienthong.vn/shard/v1.0", import: ["@shardBy", "@shardArg", "@gather"])
  @composeDirective(name: "@shardBy")
  @composeDirective(name: "@shardArg")
  @composeDirective(name: "@gather")
`;

/** A subgraph's SDL with the shard spec linked, as every sharded subgraph prints it. */
export function withShardSpec(sdl: string): string {
  return LINKS + readFileSync(join(projectRoot(), 'schema', 'shard.graphql'), 'utf8') + sdl;
}

/** The supergraph of these subgraphs (name to SDL); throws when they do not compose. */
export function composeSdl(subgraphs: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(sdl),
    })),
  );
  if (supergraphSdl === undefined) throw new Error((errors ?? []).map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
