import {
  Kind,
  OperationTypeNode,
  print,
  stripIgnoredCharacters,
  visit,
  type FieldNode,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { EntityProgram, FetchProgram, GatheredField } from './fetch-program';
import { ASKED } from './gather-node';

/** The request text for one subset of a fetch, with the names of the variables that it reads. */
export interface ShardDocument {
  readonly query: string;
  /** The request's JSON text up to the value of its variables. */
  readonly bodyStart: string;
  readonly variables: readonly string[];
}

const kept = new WeakMap<FetchProgram, Map<string, ShardDocument>>();

/** One call carries only the fields routed to its shard. Few subsets occur, so each text is printed once. */
export function rootDocument(program: FetchProgram, fields: readonly GatheredField[]): ShardDocument {
  return once(program, `root ${fields.map((field) => field.responseName).join(' ')}`, () =>
    write(
      program,
      program.operation,
      fields.flatMap((field) => field.asks),
    ),
  );
}

export function entitiesDocument(program: FetchProgram, entities: readonly EntityProgram[]): ShardDocument {
  return once(program, `entities ${entities.map(nameOf).join(' ')}`, () => {
    const fragments = entities.map((entity): SelectionNode => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: entity.typeName } },
      selectionSet: { kind: Kind.SELECTION_SET, selections: asksOf(entity) },
    }));
    const field: FieldNode = {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: '_entities' },
      arguments: [
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: 'representations' },
          value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: ASKED.representations } },
        },
      ],
      selectionSet: { kind: Kind.SELECTION_SET, selections: fragments },
    };
    return write(program, 'query', [field]);
  });
}

/** An entity's program may be narrowed to some of its fields. */
function nameOf({ id, rowNames, gathers }: EntityProgram): string {
  return JSON.stringify([id, rowNames, gathers.map((field) => field.responseName)]);
}

function asksOf(entity: EntityProgram): readonly FieldNode[] {
  return [...entity.rows, ...entity.gathers.flatMap((gathered) => gathered.asks)];
}

function once(program: FetchProgram, key: string, make: () => ShardDocument): ShardDocument {
  const documents = kept.get(program) ?? new Map<string, ShardDocument>();
  kept.set(program, documents);
  const known = documents.get(key) ?? make();
  documents.set(key, known);
  return known;
}

const REPRESENTATIONS: VariableDefinitionNode = {
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: ASKED.representations } },
  type: {
    kind: Kind.NON_NULL_TYPE,
    type: {
      kind: Kind.LIST_TYPE,
      type: {
        kind: Kind.NON_NULL_TYPE,
        type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: '_Any' } },
      },
    },
  },
};

/** What was cut out of a mutation's row is asked by a query. */
function write(
  program: FetchProgram,
  operation: FetchProgram['operation'],
  selections: readonly SelectionNode[],
): ShardDocument {
  const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
  const names = new Set<string>();
  visit(selectionSet, { Variable: (node) => void names.add(node.name.value) });
  const definitions = [...names].flatMap((name) => {
    const definition =
      name === ASKED.representations ? REPRESENTATIONS : program.variableDefinitions.get(name);
    return definition ? [definition] : [];
  });
  const query = stripIgnoredCharacters(
    print({
      kind: Kind.DOCUMENT,
      definitions: [
        {
          kind: Kind.OPERATION_DEFINITION,
          operation: operation === 'mutation' ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY,
          variableDefinitions: definitions,
          selectionSet,
        },
      ],
    }),
  );
  return { query, bodyStart: `{"query":${JSON.stringify(query)},"variables":`, variables: [...names] };
}

/** The variables that a document reads, from the client's and ours. */
export function pickVariables(
  document: ShardDocument,
  ...sources: readonly Readonly<Record<string, unknown>>[]
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of document.variables) {
    for (const source of sources) if (name in source) picked[name] = source[name];
  }
  return picked;
}
