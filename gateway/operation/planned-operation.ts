import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { HeavyWork } from '../../schema/runtime/heavy-work';
import type { Logger } from '../../schema/runtime/logger';
import { type ExecutableOperation, executeOperation } from '../execution/execute-operation';
import type { OperationResult } from '../execution/operation-result';
import type { RequestContext } from '../execution/request-context';
import { type CompiledOperation, compileOperation, type CompilerOptions } from './compile-operation';
import type { PreparedOperation } from './prepared-operation';
import { conditionVariables } from './resolve-operation';
import { type CheckedVariables, compileVariables, type VariablesCheck } from './variables';

type Variables = Readonly<Record<string, unknown>>;

export interface PlannedOperationOptions extends CompilerOptions {
  readonly heavyWork: HeavyWork;
  readonly logger: Logger;
}

/** Who keeps an operation. */
export interface OperationKeeper {
  /** Keeping it has come to cost more. */
  readonly onGrowth: () => void;
  /** It is too complex to be planned, for one set of conditions. */
  readonly onRefusal: () => void;
}

/** Forms of one operation that are kept: each set of conditions is planned by itself. */
const MAX_FORMS = 16;

/**
 * One valid operation. It is planned when it runs first, once for each set of values of the variables that its `@skip` and
 * `@include` read.
 */
export class PlannedOperation implements PreparedOperation {
  readonly kind: PreparedOperation['kind'];
  /** How often it ran: what is used most is prepared first for a new supergraph. */
  uses = 0;
  private readonly check: VariablesCheck;
  private readonly conditions: readonly string[];
  private readonly defaults: ReadonlyMap<string, boolean>;
  private readonly forms = new LRUCache<string, Form>({ max: MAX_FORMS });
  /** Why a set of conditions cannot be planned. */
  private readonly refusals = new LRUCache<string, GraphQLError>({ max: MAX_FORMS });

  constructor(
    private readonly document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly options: PlannedOperationOptions,
    private readonly keeper: OperationKeeper,
  ) {
    this.kind = operation.operation;
    this.check = compileVariables(operation.variableDefinitions ?? [], options.supergraph.apiSchema);
    this.conditions = conditionVariables(operation, document);
    this.defaults = booleanDefaults(operation);
  }

  /** Heap that keeping the operation takes, roughly. */
  get bytes(): number {
    let bytes = 0;
    for (const form of this.forms.values()) bytes += form.bytes;
    return bytes;
  }

  /** The sets of conditions that it has run with. */
  get usedConditions(): readonly Conditions[] {
    return [...this.forms.values()].map(({ conditions }) => conditions);
  }

  coerceVariables(given: Variables): CheckedVariables {
    const checked = this.check(given);
    if ('errors' in checked) return checked;
    const missing = this.conditions.filter((name) => Object.hasOwn(given, name) && given[name] === null);
    return missing.length === 0 ? checked : { errors: missing.map(mustNotBeNull) };
  }

  async execute(variables: Variables, context: RequestContext): Promise<OperationResult> {
    this.uses += 1;
    try {
      const { executable } = this.formFor(this.conditionsOf(variables));
      return await executeOperation(executable, variables, context, this.options.heavyWork);
    } catch (error) {
      return { errors: [this.toClientError(error, context)] };
    }
  }

  /** Plans and compiles one form now. @throws GraphQLError with code OPERATION_TOO_COMPLEX. */
  prepare(conditions: Conditions): void {
    this.formFor(conditions);
  }

  private formFor(conditions: Conditions): Form {
    let id = '';
    for (const value of conditions.values()) id += value ? '1' : '0';
    const known = this.forms.get(id);
    if (known !== undefined) return known;
    const form = { ...this.compile(id, conditions), conditions };
    this.forms.set(id, form);
    this.keeper.onGrowth();
    return form;
  }

  private compile(id: string, conditions: Conditions): CompiledOperation {
    const refusal = this.refusals.get(id);
    if (refusal !== undefined) throw refusal;
    try {
      return compileOperation(this.operation, this.document, conditions, this.options);
    } catch (error) {
      if (error instanceof GraphQLError) {
        this.refusals.set(id, error);
        this.keeper.onRefusal();
      }
      throw error;
    }
  }

  private conditionsOf(variables: Variables): Conditions {
    if (this.conditions.length === 0) return NO_CONDITIONS;
    return new Map(
      this.conditions.map((name) => {
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        return [name, value === undefined ? this.defaults.get(name) === true : value === true] as const;
      }),
    );
  }

  private toClientError(error: unknown, { requestId }: RequestContext): GraphQLFormattedError {
    if (error instanceof GraphQLError) return error.toJSON();
    this.options.logger.error('An operation failed inside', { requestId, error });
    return {
      message: 'Internal server error',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    };
  }
}

/** A variable with a default may be null by its type, but not where a condition reads it. */
function mustNotBeNull(name: string): GraphQLError {
  const message = `Variable "$${name}" must not be null: an argument "if" of non-null type "Boolean!" reads it`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

type Conditions = ReadonlyMap<string, boolean>;

interface Form {
  readonly executable: ExecutableOperation;
  readonly bytes: number;
  readonly conditions: Conditions;
}

const NO_CONDITIONS: Conditions = new Map();

function booleanDefaults({
  variableDefinitions = [],
}: OperationDefinitionNode): ReadonlyMap<string, boolean> {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
    ),
  );
}
