import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { createMaxDepthRule } from './max-depth-rule';
import { noSuchOperation } from './no-such-operation';
import { PlannedOperation, type PlannedOperationOptions } from './planned-operation';
import type { Preparation, PreparedOperation, PreparedOperations } from './prepared-operation';
import { tooComplex } from './resolve-operation';
import { refuseProtoNameRule } from './refuse-proto-name-rule';

export interface OperationsOptions extends PlannedOperationOptions {
  readonly maxTokens: number;
  readonly maxDepth: number;
  /** What all prepared operations together may take of the heap, roughly. */
  readonly maxBytes: number;
}

/** The rules that an operation must keep beyond the specification's. */
export function ownValidationRules(maxDepth: number): readonly ValidationRule[] {
  return [createMaxDepthRule(maxDepth), refuseProtoNameRule];
}

/**
 * The operations prepared for one supergraph, the one unused for longest leaving first. Only good ones are kept, so that no
 * number of bad documents can push them out.
 */
export class Operations implements PreparedOperations {
  private readonly kept: LRUCache<string, PlannedOperation>;
  /** Those that could not be planned, for the rest: trying again costs as much as the first time, and every other request waits. */
  private readonly refused = new LRUCache<string, PlannedOperation>({
    maxSize: MAX_REFUSED_CHARACTERS,
    sizeCalculation: (_, id) => id.length,
  });

  constructor(private readonly options: OperationsOptions) {
    this.kept = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ bytes }, id) => bytes + id.length * BYTES_PER_CHARACTER,
    });
  }

  find(query: string, operationName: string | undefined): PreparedOperation | undefined {
    return this.kept.get(idOf(query, operationName));
  }

  /**
   * @param parsed the document, where it has been parsed and validated against this supergraph already.
   */
  prepare(query: string, operationName: string | undefined, parsed?: DocumentNode): Preparation {
    const id = idOf(query, operationName);
    const known = this.kept.get(id) ?? this.refused.get(id);
    if (known !== undefined) return known;
    const document = parsed ?? this.parse(query);
    if ('errors' in document) return document;
    const operation = getOperationAST(document, operationName);
    if (!operation) return { errors: [noSuchOperation(operationName)] };
    const prepared: PlannedOperation = new PlannedOperation(document, operation, this.options, {
      onGrowth: () => this.kept.set(id, prepared),
      onRefusal: () => this.refused.set(id, prepared),
    });
    return prepared;
  }

  /** Prepares what has been used most under another supergraph, as far as it is valid here; gives way between operations. */
  async warm(from: Operations, limit: number): Promise<number> {
    const used = [...from.kept.entries()].sort(([, one], [, other]) => other.uses - one.uses);
    let warmed = 0;
    for (const [id, { usedConditions, uses }] of used.slice(0, limit)) {
      const [query, name] = fromId(id);
      const prepared = this.prepare(query, name);
      if (!(prepared instanceof PlannedOperation)) continue;
      prepared.uses = uses;
      warmed += prepareForms(prepared, usedConditions) ? 1 : 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return warmed;
  }

  private parse(query: string): DocumentNode | { readonly errors: readonly GraphQLError[] } {
    const { maxTokens, maxDepth, supergraph } = this.options;
    try {
      const document = parse(query, { maxTokens });
      const errors = validate(supergraph.apiSchema, document, [
        ...specifiedRules,
        ...ownValidationRules(maxDepth),
      ]);
      return errors.length === 0 ? document : { errors };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      // The parser's recursion; at the edge such a document is refused before (http/refuse-deep-nesting.ts).
      if (error instanceof RangeError) return { errors: [tooComplex('The document nests too deeply')] };
      throw error;
    }
  }
}

/** Characters of documents whose refusal is remembered: a hundred of the longest, thousands of the usual ones. */
const MAX_REFUSED_CHARACTERS = 1 << 20;

/** Heap bytes of a parsed document by the length of its text; measured over the operations of schema/operations. */
const BYTES_PER_CHARACTER = 40;

function prepareForms(prepared: PlannedOperation, conditions: PlannedOperation['usedConditions']): boolean {
  try {
    for (const one of conditions) prepared.prepare(one);
    return true;
  } catch (error) {
    // What has become too complex to plan says so to whoever asks for it.
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}

/** No document that is good holds the character between the two. */
function idOf(query: string, operationName: string | undefined): string {
  return operationName === undefined ? query : `${operationName}\0${query}`;
}

function fromId(id: string): readonly [query: string, operationName: string | undefined] {
  const end = id.indexOf('\0');
  return end < 0 ? [id, undefined] : [id.slice(end + 1), id.slice(0, end)];
}
