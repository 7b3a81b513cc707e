import { Kind, parse, type ObjectTypeDefinitionNode, type SelectionSetNode } from 'graphql';

/** An object of a world; what it refers to stands in its fields as it is, an Error stands for a field that fails. */
export interface Row {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

export type Values = Readonly<Record<string, unknown>>;

/** @param values the row's; where the subgraph's field has a `@requires`, what that asked for and nothing else. */
export type FieldRule = (values: Values, args: Values) => unknown;

/** Several subgraphs over the same rows: enough to serve them federated, and to say what one server would answer. */
export interface World {
  readonly name: string;
  /** Type definitions by subgraph, without their `@link`. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Everything that has a key. */
  readonly entities: readonly Row[];
  /** Fields that are more than a value of the row, by coordinate; root fields too. */
  readonly rules: Readonly<Record<string, FieldRule>>;
  /** Values for arguments by argument's or input field's name, for random operations. */
  readonly samples: Readonly<Record<string, readonly unknown[]>>;
}

const IMPORTS = [
  '@key',
  '@requires',
  '@provides',
  '@external',
  '@shareable',
  '@inaccessible',
  '@override',
  '@tag',
  '@extends',
  '@interfaceObject',
];

/** Type definitions as the subgraph is composed and served with. */
export function linked(typeDefs: string): string {
  const imports = IMPORTS.map((name) => `"${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])\n${typeDefs}`;
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

/** The argument `fields` of a directive as a selection. */
export function parseFieldSet(fields: string): SelectionSetNode {
  const [operation] = parse(`{${fields}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`"${fields}" is no field set`);
  return operation.selectionSet;
}

/** The `fields` of every use of a directive on a definition. */
export function fieldSetsOf(
  { directives = [] }: Pick<ObjectTypeDefinitionNode, 'directives'>,
  name: string,
): readonly string[] {
  return directives.flatMap((directive) => {
    if (directive.name.value !== name) return [];
    const value = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
    return value?.kind === Kind.STRING ? [value.value] : [];
  });
}
