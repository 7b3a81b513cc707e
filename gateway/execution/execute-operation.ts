import type { GraphQLFormattedError } from 'graphql';
import { completeObject, type SelectionShape } from './answer/answer-shape';
import { toClientPaths, toClientPattern } from './answer/client-path';
import { Completion, type Path } from './answer/completion';
import { ExplainedPaths } from './answer/explained-paths';
import type { JsonObject } from './json-object';
import { mergeKeys } from './merge-data';
import type { CompiledPlan } from './plan/compile-plan';
import { Run } from './plan/run';
import type { RequestContext } from './request-context';
import { withoutInternals } from './subgraph-errors';

/** An operation compiled to the end. */
export interface ExecutableOperation {
  readonly plan: CompiledPlan;
  readonly shape: SelectionShape;
  /** The fields that are answered from the schema; null when there are none. */
  readonly introspect: ((variables: Variables) => JsonObject) | null;
}

export interface OperationResult {
  readonly errors?: readonly GraphQLFormattedError[];
  readonly data?: JsonObject | null;
  readonly extensions?: JsonObject;
}

type Variables = Readonly<Record<string, unknown>>;

/** Runs an operation whose variables are right. Rejects only for a fault of ours. */
export function executeOperation(
  operation: ExecutableOperation,
  variables: Variables,
  context: RequestContext,
): Promise<OperationResult> {
  return new Promise((resolve, reject) => {
    const { plan, introspect } = operation;
    const run = new Run(variables, context, plan.sendBatches, reject);
    if (introspect !== null) {
      const answered = introspect(variables);
      mergeKeys(run.data, answered, Object.keys(answered));
    }
    run.goOn(() => plan.step.start(run, () => resolve(finish(operation, run))));
  });
}

function finish({ shape }: ExecutableOperation, run: Run): OperationResult {
  const root = shape.of(run.data);
  if (root === null) throw new TypeError('The root of an operation has a type');
  const completion = new Completion(run.hasGaps ? run : null);
  const data = completeObject(root, run.data, completion, 0) ?? null;
  const shards = run.context.shardReport?.extensions((path) => toClientPattern(shape, path));
  const isClean = run.errors.length === 0 && completion.problems.length === 0;
  return {
    ...(!isClean && { errors: errorsOf(shape, run, completion) }),
    data,
    ...(shards !== undefined && { extensions: { shards } }),
  };
}

/** What subgraphs told, at the client's places; then every null that nothing of it explains. */
function errorsOf(
  shape: SelectionShape,
  run: Run,
  { problems }: Completion,
): readonly GraphQLFormattedError[] {
  const told = run.errors.flatMap(({ error, path }) =>
    toClientPaths(shape, run.data, path).map((place) => withPath(withoutInternals(error), place)),
  );
  const explained = new ExplainedPaths(told);
  const unexplained = problems
    .filter(({ path }) => !explained.covers(path))
    .map(({ message, path }) => withPath({ message, extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }, path));
  return [...told, ...unexplained];
}

function withPath({ message, extensions }: GraphQLFormattedError, path: Path): GraphQLFormattedError {
  return {
    message,
    ...(path.length > 0 && { path }),
    ...(extensions !== undefined && { extensions }),
  };
}
