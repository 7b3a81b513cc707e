import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { FetchCompiler } from './compile-fields';
import type { FetchProgram } from './fetch-program';
import { responseNameOf } from './field-nodes';
import { flattenSelections } from './flatten-selections';
import type { ShardedGraph } from '../spec/shard-spec';

/** Compiles one fetch of a query plan against a sharded subgraph: a document without fragment spreads and conditions. */
export function compileFetch(graph: ShardedGraph, document: DocumentNode): FetchProgram {
  const operation = theOperation(document);
  const rootType =
    operation.operation === OperationTypeNode.MUTATION ? (graph.mutationType ?? 'Mutation') : graph.queryType;
  const selections = flattenSelections(graph, operation.selectionSet.selections, rootType);
  const compiler = new FetchCompiler(graph);
  const typenames: string[] = [];
  const fields: FieldNode[] = [];
  let entities: FetchProgram['entities'] = null;
  for (const field of selections) {
    const responseName = responseNameOf(field);
    if (field.name.value === '__typename') typenames.push(responseName);
    else if (field.name.value === '_entities')
      entities = {
        responseName,
        programs: compileEntities(compiler, graph, field.selectionSet?.selections ?? []),
      };
    else fields.push(field);
  }
  const rootFields = fields.map((field) => compiler.compileRootField(rootType, field));
  const definitions = [...(operation.variableDefinitions ?? []), ...compiler.lifted];
  return {
    graph,
    operation: operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query',
    variableDefinitions: new Map(
      definitions.map((definition) => [definition.variable.name.value, definition]),
    ),
    typenames,
    fields: rootFields,
    entities,
  };
}

function theOperation(document: DocumentNode): OperationDefinitionNode {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new TypeError('A fetch of a query plan has no operation');
  return operation;
}

function compileEntities(
  compiler: FetchCompiler,
  graph: ShardedGraph,
  selections: readonly SelectionNode[],
): EntityProgramMap {
  const conditions = new Set(
    selections.flatMap((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition
        ? [selection.typeCondition.name.value]
        : [],
    ),
  );
  const programs = new Map<string, ReturnType<FetchCompiler['compileEntity']>>();
  for (const entity of graph.entities.values()) {
    const interfaces = graph.types.get(entity.typeName)?.interfaces ?? [];
    if (!conditions.has(entity.typeName) && !interfaces.some((name) => conditions.has(name))) continue;
    programs.set(
      entity.typeName,
      compiler.compileEntity(entity, flattenSelections(graph, selections, entity.typeName)),
    );
  }
  return programs;
}

type EntityProgramMap = ReadonlyMap<string, ReturnType<FetchCompiler['compileEntity']>>;
