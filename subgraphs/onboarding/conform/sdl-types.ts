import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  print,
  type TypeNode,
} from 'graphql';

/** A field, or an argument or input field. */
export interface SdlMember {
  readonly type: TypeNode;
  readonly args: ReadonlyMap<string, SdlMember>;
  readonly defaultValue: ConstValueNode | null;
  readonly directives: readonly string[];
}

export interface SdlType {
  readonly kind: 'object' | 'interface' | 'input' | 'enum' | 'scalar' | 'union';
  readonly fields: ReadonlyMap<string, SdlMember>;
  readonly values: readonly string[];
  readonly interfaces: readonly string[];
  readonly directives: readonly string[];
}

/**
 * The types of an SDL document by name, definitions and extensions of one type together. Built from the text and not as a schema: it
 * need not be a valid one to say what differs.
 */
export function readSdlTypes(document: DocumentNode): ReadonlyMap<string, SdlType> {
  const types = new Map<string, SdlType>();
  for (const definition of document.definitions) {
    const part = readDefinition(definition);
    if (part === null) continue;
    const known = types.get(part.name);
    types.set(part.name, known === undefined ? part.type : joined(known, part.type));
  }
  return types;
}

type Definition = DocumentNode['definitions'][number];

function readDefinition(definition: Definition): { readonly name: string; readonly type: SdlType } | null {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION: {
      const isObject =
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
      return {
        name: definition.name.value,
        type: {
          kind: isObject ? 'object' : 'interface',
          fields: byName(definition.fields ?? []),
          values: [],
          interfaces: (definition.interfaces ?? []).map(({ name }) => name.value),
          directives: printed(definition.directives),
        },
      };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return {
        name: definition.name.value,
        type: { ...leaf('input'), fields: byName(definition.fields ?? []) },
      };
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION: {
      const values = (definition.values ?? []).map(({ name }) => name.value);
      return { name: definition.name.value, type: { ...leaf('enum'), values } };
    }
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_EXTENSION:
      return { name: definition.name.value, type: leaf('scalar') };
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.UNION_TYPE_EXTENSION:
      return { name: definition.name.value, type: leaf('union') };
    default:
      return null;
  }
}

function leaf(kind: SdlType['kind']): SdlType {
  return { kind, fields: new Map(), values: [], interfaces: [], directives: [] };
}

interface MemberNode {
  readonly name: { readonly value: string };
  readonly type: TypeNode;
  readonly arguments?: readonly MemberNode[] | undefined;
  readonly defaultValue?: ConstValueNode | undefined;
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function byName(members: readonly MemberNode[]): ReadonlyMap<string, SdlMember> {
  return new Map(
    members.map((member) => [
      member.name.value,
      {
        type: member.type,
        args: byName(member.arguments ?? []),
        defaultValue: member.defaultValue ?? null,
        directives: printed(member.directives),
      },
    ]),
  );
}

/** Arguments in one order and without the prefix of a name that is not imported, so that the texts compare. */
function printed(directives: readonly ConstDirectiveNode[] | undefined): readonly string[] {
  return (directives ?? []).map((directive) =>
    print({
      ...directive,
      arguments: (directive.arguments ?? []).toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)),
    }).replace(/^@federation__/, '@'),
  );
}

function joined(a: SdlType, b: SdlType): SdlType {
  return {
    kind: a.kind,
    fields: new Map([...a.fields, ...b.fields]),
    values: [...a.values, ...b.values],
    interfaces: [...a.interfaces, ...b.interfaces],
    directives: [...a.directives, ...b.directives],
  };
}
