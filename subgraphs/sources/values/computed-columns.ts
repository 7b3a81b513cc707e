import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { isNativeError } from 'node:util/types';
import type { RawRecord } from '../copy/record-reader';
import { textOf } from './cell-text';
import type { RowProblems } from './shown-value';

/** Columns made from others by expressions of the mapping. */
export interface ComputedColumns {
  /** The columns of the source that the expressions read. */
  readonly reads: readonly string[];
  /** The record with the computed columns beside its own. An expression that fails on a row gives an empty column and a problem. */
  addTo(record: RawRecord, problems: RowProblems): RawRecord;
}

/**
 * No macro, no binding, no regular expression: whatever an expression is, it ends after as many steps as it has parts, each over texts
 * no longer than those it was given, so that it needs no clock to stop it.
 */
const FUNCTIONS = new Set([
  'size',
  'string',
  'int',
  'double',
  'bool',
  'startsWith',
  'endsWith',
  'contains',
  'lowerAscii',
  'upperAscii',
  'trim',
  'indexOf',
  'lastIndexOf',
  'substring',
  'split',
  'join',
]);

const RESULTS = new Set(['string', 'int', 'double', 'bool', 'dyn']);

/** Every column is a text here, whatever the source gives, and an empty one where it has nothing: numbers are made by int(…) and double(…). */
const environment = new Environment({
  limits: { maxAstNodes: 500, maxDepth: 32, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 10 },
}).registerVariable('row', 'map<string, string>');

interface Expression {
  readonly column: string;
  readonly reads: readonly string[];
  readonly run: (context: { readonly row: Readonly<Record<string, string>> }) => unknown;
}

class ExpressionMistake extends Error {}

/** Sentences, each with its path; none when every expression is good. */
export function findExpressionMistakes(
  computed: Readonly<Record<string, string>>,
  path: string,
): readonly string[] {
  return Object.entries(computed).flatMap(([column, text]) => {
    try {
      compileExpression(column, text);
      return [];
    } catch (error) {
      if (!(error instanceof ExpressionMistake)) throw error;
      return [`${path}.${column}: ${error.message}`];
    }
  });
}

/** Throws for an expression that {@link findExpressionMistakes} would have found. */
export function compileComputed(computed: Readonly<Record<string, string>>): ComputedColumns {
  const expressions = Object.entries(computed).map(([column, text]) => compileExpression(column, text));
  const reads = [...new Set(expressions.flatMap((expression) => expression.reads))];
  if (expressions.length === 0) return { reads, addTo: (record) => record };
  return {
    reads,
    addTo: (record, problems) => {
      const context = { row: Object.fromEntries(reads.map((name) => [name, textOf(record[name]) ?? ''])) };
      const computedCells = expressions.map(({ column, run }) => {
        try {
          return [column, String(run(context))] as const;
        } catch {
          // What it says may repeat the value, and that may be personal.
          problems.add('ROW_BAD_EXPRESSION', column, null);
          return [column, null] as const;
        }
      });
      return { ...record, ...Object.fromEntries(computedCells) };
    },
  };
}

function compileExpression(column: string, text: string): Expression {
  const parsed = parseExpression(text);
  const reads = new Set<string>();
  visit(parsed.ast, reads);
  const { valid, type = 'dyn', error } = parsed.check();
  if (!valid) throw new ExpressionMistake(`${error?.summary ?? 'is not well typed'}, in ${shortened(text)}`);
  if (!RESULTS.has(type)) {
    throw new ExpressionMistake(
      `must give a text, a number or true or false, and gives ${type}, in ${shortened(text)}`,
    );
  }
  return { column, reads: [...reads], run: parsed };
}

function parseExpression(text: string): ReturnType<Environment['parse']> {
  try {
    return environment.parse(text);
  } catch (error) {
    const summary =
      isNativeError(error) && 'summary' in error ? String(error.summary) : 'cannot be understood';
    throw new ExpressionMistake(`${summary}, in ${shortened(text)}`);
  }
}

function shortened(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}

/** Notes which columns are read, and refuses what could take long or cannot be told beforehand. */
function visit(node: ASTNode, reads: Set<string>): void {
  const column = columnRead(node);
  if (column !== null) {
    reads.add(column);
    return;
  }
  if (node.op === 'id' && node.args === 'row') {
    throw new ExpressionMistake('must read single columns: row.NAME or row["NAME"]');
  }
  if ((node.op === 'call' || node.op === 'rcall') && !FUNCTIONS.has(node.args[0])) {
    throw new ExpressionMistake(
      `"${node.args[0]}" is not among the functions allowed: ${[...FUNCTIONS].join(', ')}`,
    );
  }
  for (const child of childrenOf(node.args)) visit(child, reads);
}

function columnRead(node: ASTNode): string | null {
  if (node.op !== '.' && node.op !== '[]') return null;
  const [object, key] = node.args;
  if (object.op !== 'id' || object.args !== 'row') return null;
  if (typeof key === 'string') return key;
  if (key.op === 'value' && typeof key.args === 'string') return key.args;
  throw new ExpressionMistake('must name the column itself: row["NAME"]');
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
