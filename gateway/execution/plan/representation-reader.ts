import {
  getNamedType,
  getNullableType,
  type GraphQLOutputType,
  type GraphQLType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import type { QueryPlan } from '@apollo/query-planner';
import { isJsonObject, type JsonObject } from '../json-object';
import type { Representations } from './representations';

type PlanNode = NonNullable<QueryPlan['node']>;
type FetchNode = Extract<PlanNode, { readonly kind: 'Fetch' }>;
export type RequiredSelection = NonNullable<FetchNode['requires']>[number];
export type Rewrite = NonNullable<FetchNode['inputRewrites']>[number];

export interface ReaderOptions {
  /** What subgraphs see: `requires` may name inaccessible elements. */
  readonly schema: GraphQLSchema;
  /** The name a subgraph knows a key of the data by; undefined leaves the key out. */
  readonly nameOf: (key: string) => string | undefined;
  /**
   * Whether the subgraph finds an entity by these fields. A plan with interface objects may select of a type what another needs,
   * without a key or without the name that the subgraph knows the type by: there is nothing to ask of that one.
   */
  readonly isEntity: (typeName: string, names: ReadonlySet<string>) => boolean;
}

/** Reads the representation of an entity out of what is known of it. */
export interface RepresentationReader {
  /** Its place among those that are asked for, where each stands once; null when nothing can be asked for this object. */
  place(object: JsonObject, among: Representations): number | null;
}

/** One key of a representation; `constant` is its JSON text when no data is read for it. */
interface Part {
  readonly key: string;
  name: string;
  readonly below: SelectionReader | null;
  /** Whether the schema promises that it is not null. */
  readonly isPromised: boolean;
  /** Whether it is one value of a scalar that is known, or of an enum. */
  readonly isPlain: boolean;
  /** For lists and objects: whether a value that is not null is one, of items that may be what they are. */
  readonly isRight: ((value: unknown) => boolean) | null;
  constant: string | null;
}

export function compileRepresentation(
  requires: readonly RequiredSelection[],
  rewrites: readonly Rewrite[],
  options: ReaderOptions,
): RepresentationReader {
  const reader = new SelectionReader(requires, rewrites, options);
  return {
    place: (object, among) => {
      if (typeof object['__typename'] !== 'string') return null;
      const single = reader.singleKey(object);
      const key = single === null ? null : object[single.key];
      if (single !== null && typeof key === 'string') return among.placeOfKey(single.start, key);
      const text = reader.read(object);
      return text === null ? null : among.placeOf(text);
    },
  };
}

/** Nearly every representation is a type and one key, and is told from others by that alone. */
interface SingleKey {
  /** Its JSON text up to the key's value. */
  readonly start: string;
  readonly key: string;
}

/** The parts of one type's representations. */
interface Parts {
  readonly typeName: string;
  readonly parts: readonly Part[];
  readonly single: SingleKey | null;
}

class SelectionReader {
  private readonly byType = new Map<string, Parts>();
  /** Of the type met last: most lists are of one type. */
  private last: Parts | null = null;
  /** For objects that are values of an entity, whatever they are. */
  private readonly inside: ReaderOptions;

  constructor(
    private readonly selections: readonly RequiredSelection[],
    private readonly rewrites: readonly Rewrite[],
    private readonly options: ReaderOptions,
    /** The type that stands here by the schema, for objects whose own name was not asked for. */
    private readonly declared = '',
  ) {
    this.inside = { ...options, isEntity: () => true };
  }

  read(object: JsonObject): string | null {
    const { parts } = this.partsOf(object);
    // A type that no fragment is for has nothing to ask.
    if (parts.length === 0) return null;
    let text = '{';
    for (let place = 0; place < parts.length; place++) {
      // Within bounds.
      const part = parts[place] as Part;
      const value = object[part.key];
      // What is broken leads to nothing: asking with it would give an entity that is not known, and nobody would tell why.
      if (value === null ? part.isPromised : part.isPlain && typeof value === 'object') return null;
      if (part.isRight !== null && value !== null && !part.isRight(value)) return null;
      const written = part.constant ?? writeValue(value, part.below);
      if (written === null) return null;
      text += `${place === 0 ? '' : ','}${part.name}:${written}`;
    }
    return `${text}}`;
  }

  singleKey(object: JsonObject): SingleKey | null {
    return this.partsOf(object).single;
  }

  private partsOf(object: JsonObject): Parts {
    const typename = object['__typename'];
    const typeName = typeof typename === 'string' ? typename : this.declared;
    if (this.last !== null && this.last.typeName === typeName) return this.last;
    const known = this.byType.get(typeName) ?? this.compile(typeName);
    this.last = known;
    return known;
  }

  private compile(typeName: string): Parts {
    // Nothing is kept of names that a subgraph may invent without end.
    if (this.options.schema.getType(typeName) === undefined && typeName !== '')
      return { typeName, parts: [], single: null };
    const parts = this.compileParts(typeName);
    const kept = { typeName, parts, single: singleKeyOf(typeName, parts) };
    this.byType.set(typeName, kept);
    return kept;
  }

  private compileParts(typeName: string): readonly Part[] {
    const fields = new Map<string, RequiredSelection[]>();
    collect(this.options.schema, typeName, this.selections, fields);
    const rewrites = this.rewrites.flatMap((rewrite) => atType(this.options.schema, typeName, rewrite));
    const parts = [...fields].flatMap(([key, below]): readonly Part[] => {
      const name = this.options.nameOf(key);
      if (name === undefined) return [];
      const inside = rewrites.filter(({ path }) => path.length > 1 && path[0] === key);
      return [
        {
          key,
          name: JSON.stringify(name),
          below: below.length === 0 ? null : this.readerBelow(typeName, key, below, inside.map(belowFirst)),
          ...valueOf(this.options.schema, typeName, key),
          constant: null,
        },
      ];
    });
    for (const rewrite of rewrites) if (rewrite.path.length === 1) applyTo(parts, rewrite);
    return this.options.isEntity(nameSent(parts, typeName), new Set(parts.map(({ key }) => key)))
      ? parts
      : [];
  }

  private readerBelow(
    typeName: string,
    key: string,
    selections: readonly RequiredSelection[],
    rewrites: readonly Rewrite[],
  ): SelectionReader {
    const type = getNamedType(fieldType(this.options.schema, typeName, key));
    return new SelectionReader(selections, rewrites, this.inside, type?.name);
  }
}

function fieldType(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
): GraphQLOutputType | undefined {
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName]?.type : undefined;
}

function singleKeyOf(typeName: string, parts: readonly Part[]): SingleKey | null {
  const [type, part] = parts;
  if (parts.length !== 2 || type === undefined || part === undefined) return null;
  if (type.key !== '__typename' || part.below !== null || part.constant !== null) return null;
  return { start: `{${type.name}:${type.constant ?? JSON.stringify(typeName)},${part.name}:`, key: part.key };
}

function valueOf(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
): Pick<Part, 'isPromised' | 'isPlain' | 'isRight'> {
  const of = fieldType(schema, typeName, fieldName);
  const value = getNullableType(of);
  const isChecked = isListType(value) || isCompositeType(value);
  const isRight = isChecked ? (given: unknown) => isPossible(value, given) : null;
  return { isPromised: isNonNullType(of), isPlain: isPlainType(value), isRight };
}

function isPlainType(type: unknown): boolean {
  return isEnumType(type) || (isScalarType(type) && isSpecifiedScalarType(type));
}

function isPossible(type: GraphQLType, value: unknown): boolean {
  if (value === null) return !isNonNullType(type);
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return Array.isArray(value) && value.every((item) => isPossible(nullable.ofType, item));
  if (isCompositeType(nullable)) return isJsonObject(value);
  return !isPlainType(nullable) || typeof value !== 'object';
}

/** The type that a representation says it is of. */
function nameSent(parts: readonly Part[], typeName: string): string {
  const constant = parts.find(({ key }) => key === '__typename')?.constant ?? null;
  // Written as JSON by applyTo.
  return constant === null ? typeName : (JSON.parse(constant) as string);
}

function writeValue(value: unknown, below: SelectionReader | null): string | null {
  if (typeof value === 'string') return below === null ? JSON.stringify(value) : null;
  // A required field that was not answered: its entity cannot be asked for.
  if (value === undefined) return null;
  if (below === null || value === null) return JSON.stringify(value);
  if (!Array.isArray(value)) return isJsonObject(value) ? below.read(value) : null;
  const items: string[] = [];
  for (const item of value) {
    const text = writeValue(item, below);
    if (text === null) return null;
    items.push(text);
  }
  return `[${items.join(',')}]`;
}

function collect(
  schema: GraphQLSchema,
  typeName: string,
  selections: readonly RequiredSelection[],
  fields: Map<string, RequiredSelection[]>,
): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      fields.set(key, [...(fields.get(key) ?? []), ...(selection.selections ?? [])]);
    } else if (selection.typeCondition === undefined || isOfType(schema, typeName, selection.typeCondition)) {
      collect(schema, typeName, selection.selections, fields);
    }
  }
}

const FRAGMENT = '... on ';

/** A rewrite's path below the fragments that it starts with; nothing when they are for other types. */
function atType(schema: GraphQLSchema, typeName: string, rewrite: Rewrite): readonly Rewrite[] {
  const [first, ...rest] = rewrite.path;
  if (first === undefined || !first.startsWith(FRAGMENT)) return [rewrite];
  const condition = first.slice(FRAGMENT.length);
  if (typeName !== '' && !isOfType(schema, typeName, condition)) return [];
  return atType(schema, typeName, { ...rewrite, path: rest });
}

function belowFirst(rewrite: Rewrite): Rewrite {
  return { ...rewrite, path: rewrite.path.slice(1) };
}

function applyTo(parts: readonly Part[], rewrite: Rewrite): void {
  const part = parts.find(({ key }) => key === rewrite.path[0]);
  if (part === undefined) return;
  // The planner's type says any; what it sets is the name of a type.
  if (rewrite.kind === 'ValueSetter') part.constant = JSON.stringify(rewrite.setValueTo as unknown);
  else part.name = JSON.stringify(rewrite.renameKeyTo);
}

export function isOfType(schema: GraphQLSchema, typeName: string, condition: string): boolean {
  if (typeName === condition) return true;
  const abstract = schema.getType(condition);
  const type = schema.getType(typeName);
  if (!isAbstractType(abstract)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);
}
