import type { GraphQLFormattedError } from 'graphql';
import type { HeavyWork } from '../../schema/runtime/heavy-work';
import { writeInPieces } from './answer/answer-pieces';
import type { SelectionShape } from './answer/answer-shape';
import { toClientPaths, toClientPattern } from './answer/client-path';
import { completeAnswer, type CompletedAnswer } from './answer/complete-answer';
import type { Path, Problem } from './answer/completion';
import { ExplainedPaths } from './answer/explained-paths';
import type { JsonObject } from './json-object';
import { mergeKeys } from './merge-data';
import type { CompiledPlan } from './plan/compile-plan';
import type { OperationResult } from './operation-result';
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

type Variables = Readonly<Record<string, unknown>>;

/** Runs an operation whose variables are right. Rejects only for a fault of ours. */
export function executeOperation(
  operation: ExecutableOperation,
  variables: Variables,
  context: RequestContext,
  heavyWork: HeavyWork,
): Promise<OperationResult> {
  return new Promise((resolve, reject) => {
    const { plan, introspect } = operation;
    const run = new Run(variables, context, plan.sendBatches, reject);
    if (introspect !== null) {
      const answered = introspect(variables);
      mergeKeys(run.data, answered, Object.keys(answered));
    }
    run.goOn(() => plan.step.start(run, () => resolve(finish(operation, run, heavyWork))));
  });
}

function finish(
  { shape }: ExecutableOperation,
  run: Run,
  heavyWork: HeavyWork,
): OperationResult | Promise<OperationResult> {
  const completed = completeAnswer(shape, run.data, run.hasGaps ? run : null, heavyWork);
  return completed instanceof Promise
    ? completed.then((answer) => writtenResult(resultOf(shape, run, answer), answer, heavyWork))
    : resultOf(shape, run, completed);
}

async function writtenResult(
  result: OperationResult,
  { longLists }: CompletedAnswer,
  heavyWork: HeavyWork,
): Promise<OperationResult> {
  return longLists.length === 0
    ? result
    : { ...result, bytes: await writeInPieces(result, longLists, heavyWork) };
}

function resultOf(shape: SelectionShape, run: Run, { data, problems }: CompletedAnswer): OperationResult {
  const shards = run.context.shardReport?.extensions((path) => toClientPattern(shape, path));
  const isClean = run.errors.length === 0 && problems.length === 0;
  return {
    ...(!isClean && { errors: errorsOf(shape, run, problems) }),
    data,
    ...(shards !== undefined && { extensions: { shards } }),
  };
}

/** What subgraphs told, at the client's places; then every null that nothing of it explains. */
function errorsOf(
  shape: SelectionShape,
  run: Run,
  problems: readonly Problem[],
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
