import type { QueryPlan } from '@apollo/query-planner';
import {
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
} from 'graphql';
import type { FetchAnswer, FetchDocument, PreparedFetch, SubgraphFetcher } from '../subgraph-fetcher';
import { EntityField } from './entity-field';
import { entityFetch } from './entity-fetch';
import { type EntityBatch, EntitySource } from './entity-source';
import {
  entitiesDocument,
  type EntitySelection,
  EntitySelections,
  parseFetch,
  theOperation,
  topLevelKeys,
} from './entity-selection';
import { pathOf } from './fetch-errors';
import { compileOutputRewrites } from './output-rewrites';
import { compileRepresentation } from './representation-reader';
import { type RequiredFieldNames, splitByRequirements, writeRequiredFields } from './required-fields';
import { rootFetch } from './root-fetch';
import type { Run } from './run';
import { parallel, sequence, type Step } from './step';
import type { SubgraphFacts } from './subgraph-facts';

type PlanNode = Exclude<NonNullable<QueryPlan['node']>, { readonly kind: 'Subscription' }>;
type FetchNode = Extract<PlanNode, { readonly kind: 'Fetch' }>;

export interface PlanCompilerOptions {
  /** What subgraphs see, inaccessible elements too. */
  readonly schema: GraphQLSchema;
  readonly requiredFields: RequiredFieldNames;
  readonly facts: SubgraphFacts;
  readonly variableDefinitions: readonly VariableDefinitionNode[];
  readonly fetcherOf: (subgraph: string) => SubgraphFetcher;
}

/** A query plan as steps, with nothing left to look up when it runs. */
export interface CompiledPlan {
  readonly step: Step;
  /** Sends what is ready at one moment: one request for each subgraph, whatever branch of the plan it comes from. */
  readonly sendBatches: (run: Run, batches: readonly EntityBatch[]) => void;
}

export function compilePlan(plan: QueryPlan, options: PlanCompilerOptions): CompiledPlan {
  const compiler = new PlanCompiler(options);
  const { node } = plan;
  if (node?.kind === 'Subscription') throw new TypeError('A subscription is not run as a plan');
  return {
    step: node === undefined ? sequence([]) : compiler.compile(node, []),
    sendBatches: (run, batches) => compiler.sendBatches(run, batches),
  };
}

/** A request for entities, and the selections of its `_entities` fields. */
interface EntitiesRequest {
  readonly document: FetchDocument;
  readonly fetch: PreparedFetch;
}

class PlanCompiler {
  private readonly selections = new EntitySelections();
  private fetchCount = 0;
  /** By the fetch that opens them and the selections they join. */
  private readonly requests = new Map<string, EntitiesRequest>();

  constructor(private readonly options: PlanCompilerOptions) {}

  compile(node: PlanNode, path: readonly string[]): Step {
    switch (node.kind) {
      case 'Sequence':
        return sequence(node.nodes.map((child) => this.compile(child, path)));
      case 'Parallel':
        return parallel(node.nodes.map((child) => this.compile(child, path)));
      case 'Flatten':
        return this.compile(node.node, [...path, ...node.path.map(String)]);
      case 'Fetch':
        return node.requires === undefined ? this.rootFetch(node, path) : this.entityFetch(node, path);
      case 'Condition':
      case 'Defer':
        // Conditions are decided before planning (operation/resolve-operation.ts), and `@defer` is not in the schema.
        throw new TypeError(`A plan of a resolved operation has no ${node.kind} node`);
    }
  }

  private rootFetch(node: FetchNode, path: readonly string[]): Step {
    const planned = parseFetch(node.operation);
    const document = writeRequiredFields(planned, this.options.requiredFields);
    const { selectionSet, operation } = theOperation(document);
    const fetch = this.options.fetcherOf(node.serviceName).prepare({
      operation,
      operationName: node.operationName,
      text: document === planned ? node.operation : stripIgnoredCharacters(print(document)),
      document,
      variables: node.variableUsages ?? [],
      entities: [],
      path,
    });
    return rootFetch({
      fetch,
      path,
      keys: topLevelKeys(selectionSet),
      rewriteOutput: compileOutputRewrites(node.outputRewrites ?? [], this.options.schema),
      openTypes: this.options.facts.interfaceObjects,
    });
  }

  private entityFetch(node: FetchNode, path: readonly string[]): Step {
    const { schema, requiredFields, facts } = this.options;
    const document = parseFetch(node.operation);
    const [field] = theOperation(document).selectionSet.selections;
    if (field?.kind !== Kind.FIELD || field.selectionSet === undefined)
      throw new TypeError('A fetch of entities selects _entities');
    const requires = node.requires ?? [];
    const parts = splitByRequirements(field.selectionSet, requires, {
      subgraph: node.serviceName,
      names: requiredFields,
      facts,
    });
    const fetches = parts.map(({ selectionSet, nameOf }) => {
      const written = writeRequiredFields(
        { kind: Kind.DOCUMENT, definitions: [{ ...theOperation(document), selectionSet }] },
        requiredFields,
      );
      return new EntitySource({
        id: this.fetchCount++,
        subgraph: node.serviceName,
        path,
        operationName: node.operationName,
        selection: this.selections.of(theOperation(written).selectionSet),
        reader: compileRepresentation(requires, node.inputRewrites ?? [], {
          schema,
          nameOf,
          isEntity: (typeName, names) => facts.hasKey(node.serviceName, typeName, names),
        }),
        rewriteOutput: compileOutputRewrites(node.outputRewrites ?? [], schema),
        schema,
        openTypes: facts.interfaceObjects,
      });
    });
    return parallel(fetches.map(entityFetch));
  }

  sendBatches(run: Run, batches: readonly EntityBatch[]): void {
    if (batches.length === 1) return this.sendJoined(run, batches);
    for (const [subgraph, some] of Map.groupBy(batches, ({ fetch }) => fetch.subgraph)) {
      if (this.options.fetcherOf(subgraph).joinsEntities) this.sendJoined(run, some);
      else for (const batch of some) this.sendJoined(run, [batch]);
    }
  }

  private sendJoined(run: Run, batches: readonly EntityBatch[]): void {
    const fields = new Map<EntitySelection, EntityField>();
    const asked: EntityBatch[] = [];
    for (const batch of batches) {
      const { selection } = batch.fetch;
      const field = fields.get(selection) ?? new EntityField();
      if (!field.add(batch)) {
        batch.done();
        continue;
      }
      fields.set(selection, field);
      asked.push(batch);
    }
    if (asked.length === 0) return;
    const { document, fetch } = this.requestFor(asked, [...fields.keys()]);
    const joined = [...fields.values()];
    const finish = (): void => {
      for (const field of joined) field.done();
    };
    run.send(
      fetch,
      { variables: run.variables, representations: joined.map(({ representations }) => representations) },
      (answer) => {
        const general = errorsOutside(answer, document);
        joined.forEach((field, place) =>
          field.settle(run, answer, document.entities[place]?.key ?? '', general),
        );
        finish();
      },
      (error) => {
        for (const field of joined) field.failAll(run, [error]);
        finish();
      },
    );
  }

  private requestFor(
    batches: readonly EntityBatch[],
    selections: readonly EntitySelection[],
  ): EntitiesRequest {
    const [first] = batches;
    if (first === undefined) throw new TypeError('Nothing is ready to be sent');
    const { id: fetchId, subgraph, operationName, path } = first.fetch;
    const id = `${fetchId} ${selections.map((selection) => selection.id).join(' ')}`;
    const known = this.requests.get(id);
    if (known !== undefined) return known;
    const document = entitiesDocument(selections, this.options.variableDefinitions, { operationName, path });
    const request = { document, fetch: this.options.fetcherOf(subgraph).prepare(document) };
    this.requests.set(id, request);
    return request;
  }
}

/** Errors that belong to none of the request's `_entities` fields: they are about all of it. */
function errorsOutside(
  { errors }: FetchAnswer,
  { entities }: FetchDocument,
): readonly GraphQLFormattedError[] {
  if (errors === undefined || errors.length === 0) return NO_ERRORS;
  return errors.filter((error) => !entities.some(({ key }) => pathOf(error)[0] === key));
}

const NO_ERRORS: readonly GraphQLFormattedError[] = [];
