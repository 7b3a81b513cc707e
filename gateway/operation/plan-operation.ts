import { Script, createContext } from 'node:vm';
import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { mendPlan } from './mend-plan';
import { tooComplex } from './resolve-operation';
import type { AdoptedSupergraph } from '../supergraph/adopted-supergraph';

/**
 * Plans one operation without fragments.
 *
 * @throws GraphQLError with code OPERATION_TOO_COMPLEX when the planner exceeds its limits or `timeoutMs`.
 */
export function planOperation(
  { planner, supergraph, facts, fullSchema }: AdoptedSupergraph,
  operation: OperationDefinitionNode,
  timeoutMs: number,
): QueryPlan {
  const plan = (): QueryPlan =>
    planner.buildQueryPlan(
      operationFromDocument(
        supergraph.apiSchema(),
        { kind: Kind.DOCUMENT, definitions: [operation] },
        { validate: false },
      ),
    );
  try {
    return mendPlan(withinTime(plan, timeoutMs), facts, fullSchema);
  } catch (error) {
    if (!isTooComplex(error)) throw error;
    throw tooComplex(
      'The operation is too complex to plan: ask for fewer fields of interfaces and unions at once',
    );
  }
}

const room = createContext({ task: null as (() => unknown) | null });
const runTask = new Script('task()');

/** The planner cannot be asked to stop; what runs inside a script of `vm` can be stopped from outside. */
function withinTime<Result>(task: () => Result, timeoutMs: number): Result {
  room['task'] = task;
  try {
    // The script gives back what the task does.
    return runTask.runInContext(room, { timeout: timeoutMs }) as Result;
  } finally {
    room['task'] = null;
  }
}

/** The planner tells its own limits by message alone. A RangeError is a list or a recursion that has outgrown the machine. */
function isTooComplex(error: unknown): boolean {
  if (isScriptTimeout(error) || error instanceof RangeError) return true;
  return error instanceof Error && PLANNER_LIMIT.test(error.message);
}

const PLANNER_LIMIT =
  /^(?:Number of non-local selections exceeds limit|Exceeded maximum recursive selections|Too many options generated)/;

function isScriptTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
