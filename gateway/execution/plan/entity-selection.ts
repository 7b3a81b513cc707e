import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { EntitiesField, FetchDocument } from '../subgraph-fetcher';

/** What one or several fetches select of entities: one object for one text within a plan. */
export interface EntitySelection {
  readonly id: number;
  readonly selectionSet: SelectionSetNode;
  /** Keys directly on the entity, of whatever type. */
  readonly keys: readonly string[];
}

/** The selections of one plan. */
export class EntitySelections {
  private readonly byText = new Map<string, EntitySelection>();

  of(selectionSet: SelectionSetNode): EntitySelection {
    const text = print(selectionSet);
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const selection = { id: this.byText.size, selectionSet, keys: topLevelKeys(selectionSet) };
    this.byText.set(text, selection);
    return selection;
  }
}

/** Keys directly below a selection, whatever the type. */
export function topLevelKeys(selectionSet: SelectionSetNode): readonly string[] {
  const keys = new Set<string>();
  collectKeys(selectionSet, keys);
  return [...keys];
}

function collectKeys(set: SelectionSetNode, keys: Set<string>): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) keys.add(selection.alias?.value ?? selection.name.value);
    else if (selection.kind === Kind.INLINE_FRAGMENT) collectKeys(selection.selectionSet, keys);
  }
}

/** The operation of a fetch's text, and nothing else: the planner writes no fragments for us. */
export function theOperation(document: DocumentNode): OperationDefinitionNode {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || document.definitions.length > 1)
    throw new TypeError('A fetch of a query plan is one operation');
  return operation;
}

export function parseFetch(text: string): DocumentNode {
  return parse(text, { noLocation: true });
}

/**
 * One request for the entities of one or several fetches, each in an `_entities` field of its own.
 *
 * @param definitions the client's variables.
 */
export function entitiesDocument(
  selections: readonly EntitySelection[],
  definitions: readonly VariableDefinitionNode[],
  { operationName, path }: Pick<FetchDocument, 'operationName' | 'path'>,
): FetchDocument {
  const clients = new Set(definitions.map(({ variable }) => variable.name.value));
  const entities = selections.map((_, place) => entitiesField(place, clients));
  const fields = selections.map(({ selectionSet }, place) => toField(entities[place], selectionSet));
  const used = usedVariables(fields);
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    ...(operationName !== undefined && { name: { kind: Kind.NAME, value: operationName } }),
    variableDefinitions: [
      ...entities.map(({ variable }) => representationsDefinition(variable)),
      ...definitions.filter(({ variable }) => used.has(variable.name.value)),
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
  return {
    operation: OperationTypeNode.QUERY,
    operationName,
    text: stripIgnoredCharacters(print(document)),
    document,
    variables: [...used].filter((name) => clients.has(name)),
    entities,
    path,
  };
}

/** A variable of the client's that bears the name of ours keeps it. */
function entitiesField(place: number, clients: ReadonlySet<string>): EntitiesField {
  const suffix = place === 0 ? '' : `_${place + 1}`;
  let variable = `representations${suffix}`;
  while (clients.has(variable)) variable = `_${variable}`;
  return { key: `_entities${suffix}`, variable };
}

function toField(field: EntitiesField | undefined, selectionSet: SelectionSetNode): FieldNode {
  const { key, variable } = field ?? { key: '', variable: '' };
  return {
    kind: Kind.FIELD,
    ...(key !== '_entities' && { alias: { kind: Kind.NAME, value: key } }),
    name: { kind: Kind.NAME, value: '_entities' },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'representations' },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
      },
    ],
    selectionSet,
  };
}

function usedVariables(fields: readonly FieldNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { selectionSet } of fields)
    if (selectionSet) visit(selectionSet, { Variable: (node) => void names.add(node.name.value) });
  return names;
}

function representationsDefinition(name: string): VariableDefinitionNode {
  const [operation] = parse(`query($${name}:[_Any!]!){a}`, { noLocation: true }).definitions;
  const definition = operation?.kind === Kind.OPERATION_DEFINITION && operation.variableDefinitions?.[0];
  if (!definition) throw new TypeError(`"${name}" is no name of a variable`);
  return definition;
}
