import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { SelectionShape } from '../execution/answer/answer-shape';
import type { ExecutableOperation } from '../execution/execute-operation';
import { compilePlan } from '../execution/plan/compile-plan';
import type { SubgraphFetcher } from '../execution/subgraph-fetcher';
import type { AdoptedSupergraph } from '../supergraph/adopted-supergraph';
import { compileIntrospection, withoutIntrospection } from './introspection';
import { planOperation } from './plan-operation';
import { resolveOperation } from './resolve-operation';
import { assignKeys } from './response-keys';

export interface CompilerOptions {
  readonly supergraph: AdoptedSupergraph;
  readonly fetcherOf: (subgraph: string) => SubgraphFetcher;
  /** Fields and fragments that an operation may select once its fragments are opened. */
  readonly maxSelections: number;
  readonly maxPlanningMs: number;
}

export interface CompiledOperation {
  readonly executable: ExecutableOperation;
  /** What keeping it costs, roughly. */
  readonly bytes: number;
}

/**
 * Compiles a valid operation for one set of the conditions that its `@skip` and `@include` read.
 *
 * @throws GraphQLError with code OPERATION_TOO_COMPLEX.
 */
export function compileOperation(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  conditions: ReadonlyMap<string, boolean>,
  { supergraph, fetcherOf, maxSelections, maxPlanningMs }: CompilerOptions,
): CompiledOperation {
  const { apiSchema } = supergraph;
  const resolved = resolveOperation(operation, document, conditions, maxSelections);
  const keyed = assignKeys(resolved, apiSchema);
  const rootType = apiSchema.getRootType(operation.operation);
  if (!rootType)
    throw new TypeError(`The schema has no ${operation.operation} type: the operation was not validated`);
  const planned = { ...keyed.operation, selectionSet: withoutIntrospection(keyed.operation.selectionSet) };
  const isEmpty = planned.selectionSet.selections.length === 0;
  const plan = isEmpty ? { kind: 'QueryPlan' as const } : planOperation(supergraph, planned, maxPlanningMs);
  const executable = {
    plan: compilePlan(plan, {
      schema: supergraph.fullSchema,
      requiredFields: supergraph.requiredFields,
      facts: supergraph.facts,
      variableDefinitions: operation.variableDefinitions ?? [],
      fetcherOf,
    }),
    shape: new SelectionShape(
      { schema: apiSchema, keyOf: keyed.keyOf },
      rootType,
      [resolved.selectionSet],
      rootType.name,
    ),
    introspect: compileIntrospection(keyed.operation, apiSchema),
  };
  return { executable, bytes: JSON.stringify(plan).length * BYTES_PER_PLAN_CHARACTER };
}

/** Heap bytes of a compiled operation by the length of its plan as JSON; measured over the operations of schema/operations. */
const BYTES_PER_PLAN_CHARACTER = 30;
