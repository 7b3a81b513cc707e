import type { GraphQLFormattedError } from 'graphql';
import { askMutation, askQueries } from './ask-roots';
import { toClientError } from './client-errors';
import type { EntityFetch, FetchProgram } from '../compile/fetch-program';
import type { JsonObject } from '../../execution/json-object';
import { createRootTask, settleRootTask, type RootTask } from './root-task';
import { applyCuts, runEntities } from './run-entities';
import type { ShardingContext } from './sharding-context';

export interface FetchRequest {
  /** With the defaults of the operation filled in (variableDefaults). */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Response path of the fetch in the operation, `@` for list indices. */
  readonly path: readonly string[];
}

export interface FetchResult {
  readonly data: JsonObject;
  /** Paths start at the fetch's own data, as a subgraph would give them. */
  readonly errors: readonly GraphQLFormattedError[];
}

/** Runs one fetch of a query plan over every shard it concerns, in as few rounds as routing allows, one call per shard and round. */
export async function runFetch(
  context: ShardingContext,
  program: FetchProgram,
  request: FetchRequest,
): Promise<FetchResult> {
  const results = [
    ...(program.entities ? [await runEntitiesField(context, program, program.entities, request)] : []),
    { data: typenamesOf(program), errors: [] },
    await runRootFields(context, program, request),
  ];
  return {
    data: Object.assign({}, ...results.map(({ data }) => data)) as JsonObject, // of JsonObjects
    errors: results.flatMap(({ errors }) => errors),
  };
}

async function runEntitiesField(
  context: ShardingContext,
  program: FetchProgram,
  { responseName, programs }: EntityFetch,
  { variables, path }: FetchRequest,
): Promise<FetchResult> {
  const given = variables['representations'];
  const { items, errors } = await runEntities(context, program, {
    programs,
    representations: Array.isArray(given) ? given : [],
    variables,
    path,
    errorPathOf: (index) => [responseName, index],
  });
  return { data: { [responseName]: items }, errors };
}

function typenamesOf({ graph, operation, typenames }: FetchProgram): JsonObject {
  const rootType = operation === 'mutation' ? (graph.mutationType ?? 'Mutation') : graph.queryType;
  return Object.fromEntries(typenames.map((name) => [name, rootType]));
}

async function runRootFields(
  context: ShardingContext,
  program: FetchProgram,
  request: FetchRequest,
): Promise<FetchResult> {
  const data: JsonObject = Object.fromEntries(program.fields.map((field) => [field.responseName, null]));
  const { tasks, errors } = await askRootFields(context, program, request);
  for (const task of tasks) {
    const answer = settleRootTask(context, program, task, request.path);
    data[task.field.responseName] = answer.value;
    errors.push(...answer.errors);
  }
  const cutErrors = await applyCuts(context, program, {
    cuts: tasks.flatMap((task) => task.field.cuts),
    root: data,
    variables: request.variables,
    path: request.path,
  });
  return { data, errors: [...errors, ...cutErrors] };
}

/** The fields that could be asked; a client's mistake takes out its own field alone. */
async function askRootFields(
  context: ShardingContext,
  program: FetchProgram,
  { variables }: FetchRequest,
): Promise<{ readonly tasks: readonly RootTask[]; readonly errors: GraphQLFormattedError[] }> {
  const asking = { context, program, variables };
  const isMutation = program.operation === 'mutation';
  const tasks: RootTask[] = [];
  const errors: GraphQLFormattedError[] = [];
  for (const field of program.fields) {
    try {
      const task = createRootTask(context, field, variables);
      // Mutations run one after the other, as they stand.
      if (isMutation) await askMutation(asking, task);
      tasks.push(task);
    } catch (error) {
      errors.push(toClientError(error, [field.responseName]));
    }
  }
  if (!isMutation) await askQueries(asking, tasks);
  return { tasks, errors };
}
