import { astFromValue, isInputObjectType, getNullableType, print, type GraphQLInputType } from 'graphql';

/** An operation as a tree that can be cut smaller and printed. */
export type Selection = FieldSelection | FragmentSelection;

export interface FieldSelection {
  readonly kind: 'field';
  readonly alias: string | null;
  readonly name: string;
  readonly args: readonly ArgumentChoice[];
  readonly condition: Condition | null;
  /** Empty on leaves. */
  readonly selections: readonly Selection[];
}

export interface FragmentSelection {
  readonly kind: 'fragment';
  /** Null for an inline fragment. */
  readonly name: string | null;
  /** Null for an inline fragment without a type condition. */
  readonly on: string | null;
  readonly condition: Condition | null;
  readonly selections: readonly Selection[];
}

export interface Condition {
  readonly directive: 'include' | 'skip';
  readonly value: boolean;
  readonly as: 'literal' | 'variable' | 'default';
}

export interface ArgumentChoice {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly value: unknown;
  /** How the value reaches the field; `absent` is a variable that nobody gives, `page` the variable `after` that is given later. */
  readonly as: 'literal' | 'variable' | 'default' | 'absent' | 'page';
  /** Fields of an input object literal that are variables of their own. */
  readonly lifted: readonly string[];
}

export const TYPENAME: FieldSelection = {
  kind: 'field',
  alias: null,
  name: '__typename',
  args: [],
  condition: null,
  selections: [],
};

export interface PrintedOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function printOperation(selections: readonly Selection[]): PrintedOperation {
  const printer = new Printer();
  const body = printer.selections(selections, 1);
  const variables = printer.definitions.length > 0 ? ` (${printer.definitions.join(', ')})` : '';
  return {
    document: [`query Random${variables} ${body}`, ...printer.fragments].join('\n'),
    variables: printer.variables,
  };
}

class Printer {
  readonly definitions: string[] = [];
  readonly variables: Record<string, unknown> = {};
  readonly fragments: string[] = [];

  selections(selections: readonly Selection[], depth: number): string {
    const indent = '  '.repeat(depth);
    // A field of an object whose selections were all cut away is still asked for something.
    const lines =
      selections.length > 0 ? selections.map((one) => this.selection(one, depth)) : ['__typename'];
    return `{\n${lines.map((line) => `${indent}${line}\n`).join('')}${'  '.repeat(depth - 1)}}`;
  }

  private selection(selection: Selection, depth: number): string {
    const condition = this.condition(selection.condition);
    if (selection.kind === 'field') {
      const args = selection.args.map((argument) => `${argument.name}: ${this.argument(argument)}`);
      const alias = selection.alias === null ? '' : `${selection.alias}: `;
      const inner = this.below(selection, depth);
      return `${alias}${selection.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${condition}${inner}`;
    }
    const on = selection.on === null ? '' : ` on ${selection.on}`;
    if (selection.name === null)
      return `...${on}${condition} ${this.selections(selection.selections, depth + 1)}`;
    this.fragments.push(`fragment ${selection.name}${on} ${this.selections(selection.selections, 1)}`);
    return `... ${selection.name}${condition}`;
  }

  private below({ selections }: FieldSelection, depth: number): string {
    return selections.length === 0 ? '' : ` ${this.selections(selections, depth + 1)}`;
  }

  private condition(condition: Condition | null): string {
    if (condition === null) return '';
    const { directive, value, as } = condition;
    const text = as === 'literal' ? String(value) : this.variable('Boolean!', value, as, String(value));
    return ` @${directive}(if: ${text})`;
  }

  private argument({ type, value, as, lifted }: ArgumentChoice): string {
    // Of what has no literal (the objects of a custom scalar) only variables are made.
    if (as !== 'literal')
      return this.variable(String(type), value, as, as === 'default' ? literal(value, type) : '');
    const object = getNullableType(type);
    if (lifted.length === 0 || !isInputObjectType(object)) return literal(value, type);
    const fields = Object.entries(value as Record<string, unknown>).map(([name, inner]) => {
      const innerType = object.getFields()[name]?.type;
      if (!innerType) throw new TypeError(`"${object.name}" has no field "${name}"`);
      const text = lifted.includes(name)
        ? this.variable(String(innerType), inner, 'variable', '')
        : literal(inner, innerType);
      return `${name}: ${text}`;
    });
    return `{ ${fields.join(', ')} }`;
  }

  private variable(
    type: string,
    value: unknown,
    as: Exclude<ArgumentChoice['as'], 'literal'>,
    text: string,
  ): string {
    const name = as === 'page' ? 'after' : `v${this.definitions.length + 1}`;
    this.definitions.push(`$${name}: ${type}${as === 'default' ? ` = ${text}` : ''}`);
    if (as === 'variable') this.variables[name] = value;
    return `$${name}`;
  }
}

function literal(value: unknown, type: GraphQLInputType): string {
  const node = astFromValue(value, type);
  if (!node) throw new TypeError(`${JSON.stringify(value)} cannot be written as ${String(type)}`);
  return print(node);
}
