import {
  getNamedType,
  getNullableType,
  GraphQLNonNull,
  GraphQLString,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  OperationTypeNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from '../../subgraphs/province/random';
import { pickOne } from './operation-samples';
import {
  TYPENAME,
  type ArgumentChoice,
  type Condition,
  type FieldSelection,
  type Selection,
} from './operation-tree';

type Field = GraphQLField<unknown, unknown>;

export interface RandomWorldOptions {
  readonly schema: GraphQLSchema;
  /** Values by argument's or input field's name. */
  readonly samples: Readonly<Record<string, readonly unknown[]>>;
  readonly root: 'query' | 'mutation';
  /** How deep fields may be nested. */
  readonly maxDepth?: number;
}

/** Names that are keys of every object's prototype, and a few that collide with each other. */
const ALIASES = [
  'a',
  'b',
  'c',
  'id',
  'name',
  'title',
  'size',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
];

/**
 * A random operation over any API schema; the same for the same random stream. It may break the rules of GraphQL (aliases that do
 * not agree): whoever uses it validates it and takes the next.
 */
export function randomWorldOperation(options: RandomWorldOptions, random: Random): readonly Selection[] {
  return new Writer(options, random).root();
}

class Writer {
  private fieldsLeft: number;
  private fragments = 0;

  constructor(
    private readonly options: RandomWorldOptions,
    private readonly random: Random,
  ) {
    this.fieldsLeft = 4 + random.below(22);
  }

  root(): readonly Selection[] {
    const { random, options } = this;
    const type = options.schema.getRootType(ROOTS[options.root]);
    if (!type) throw new TypeError(`The schema has no ${options.root} type`);
    const fields = Object.values(type.getFields());
    const count =
      options.root === 'mutation' ? 1 + random.below(5) : random.chance(0.6) ? 1 : 2 + random.below(2);
    const chosen = Array.from({ length: count }, (_, at) => {
      const field = this.field(pickOne(random, fields), 0, 1);
      // Two writes of one name would have to agree, and be one.
      return options.root === 'mutation' ? { ...field, alias: `m${at}` } : field;
    });
    if (random.chance(0.04)) return [...chosen, this.introspection()];
    return options.root === 'query' ? this.varied(type, chosen) : chosen;
  }

  private introspection(): Selection {
    const name: ArgumentChoice = {
      name: 'name',
      type: new GraphQLNonNull(GraphQLString),
      value: pickOne(this.random, ['Query', 'Nobody']),
      as: pickOne(this.random, ['literal', 'variable'] as const),
      lifted: [],
    };
    const kind: FieldSelection = { ...TYPENAME, name: 'kind' };
    return { ...TYPENAME, name: '__type', alias: 't', args: [name], selections: [kind, TYPENAME] };
  }

  private selections(type: GraphQLCompositeType, depth: number, rows: number): readonly Selection[] {
    const { random } = this;
    const written: Selection[] = [];
    if ('getFields' in type) written.push(...this.fields(type.getFields(), depth, rows));
    if (isAbstractType(type)) written.push(...this.members(type, depth, rows));
    if (written.length === 0 || random.chance(0.12))
      written.splice(random.below(written.length + 1), 0, this.typename());
    return this.varied(type, written);
  }

  private typename(): FieldSelection {
    return this.random.chance(0.3) ? { ...TYPENAME, alias: pickOne(this.random, ALIASES) } : TYPENAME;
  }

  private fields(all: Readonly<Record<string, Field>>, depth: number, rows: number): readonly Selection[] {
    const { random } = this;
    const fields = Object.values(all);
    const wanted = 1 + random.below(3);
    const chosen = new Set(Array.from({ length: wanted }, () => pickOne(random, fields)));
    return [...chosen].flatMap((field) => {
      const isLeaf = !isCompositeType(getNamedType(field.type));
      if (!isLeaf && (depth >= (this.options.maxDepth ?? 6) || rows > 40 || this.fieldsLeft <= 0)) return [];
      return [this.field(field, depth, rows)];
    });
  }

  /** Fragments on members and on interfaces that some member has. */
  private members(type: GraphQLCompositeType, depth: number, rows: number): readonly Selection[] {
    const { random, options } = this;
    if (!isAbstractType(type) || this.fieldsLeft <= -10) return [];
    const members: GraphQLNamedType[] = [...options.schema.getPossibleTypes(type)];
    const interfaces = new Set(members.flatMap((one) => (isObjectType(one) ? one.getInterfaces() : [])));
    const count = random.below(4);
    const chosen = Array.from({ length: count }, () =>
      pickOne(random, [...members, ...members, ...interfaces]),
    );
    return chosen.flatMap((one) =>
      isCompositeType(one) ? [this.fragment(one, this.selections(one, depth + 1, rows))] : [],
    );
  }

  private fragment(on: GraphQLCompositeType | null, selections: readonly Selection[]): Selection {
    const isNamed = on !== null && this.random.chance(0.3);
    const name = isNamed ? `F${(this.fragments += 1)}` : null;
    return { kind: 'fragment', name, on: on?.name ?? null, condition: this.condition(), selections };
  }

  private field(field: Field, depth: number, rows: number): FieldSelection {
    const { random } = this;
    this.fieldsLeft -= 1;
    const named = getNamedType(field.type);
    const growth = isListType(getNullableType(field.type)) ? 4 : 1;
    const selections = isCompositeType(named) ? this.selections(named, depth + 1, rows * growth) : [];
    return {
      kind: 'field',
      alias: random.chance(field.args.length > 0 ? 0.5 : 0.2) ? pickOne(random, ALIASES) : null,
      name: field.name,
      args: field.args.flatMap((argument) => this.argument(argument)),
      condition: this.condition(),
      selections,
    };
  }

  private condition(): Condition | null {
    const { random } = this;
    if (!random.chance(0.08)) return null;
    return {
      directive: pickOne(random, ['include', 'skip'] as const),
      value: random.chance(0.5),
      as: pickOne(random, ['literal', 'variable', 'default'] as const),
    };
  }

  /** Some selections in a fragment of the same type or one of its interfaces, some a second time. */
  private varied(type: GraphQLCompositeType, selections: readonly Selection[]): readonly Selection[] {
    const { random } = this;
    const twice = random.chance(0.15) ? [pickOne(random, selections)].filter(isRepeatable) : [];
    const all = [...selections, ...twice];
    if (!random.chance(0.2)) return all;
    const cut = random.below(all.length);
    const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
    const on = pickOne(random, [type, null, ...interfaces]);
    return [...all.slice(0, cut), this.fragment(on, all.slice(cut))];
  }

  private argument(argument: GraphQLArgument): readonly ArgumentChoice[] {
    const { random } = this;
    const { name, type } = argument;
    const isRequired = isNonNullType(type) && argument.defaultValue === undefined;
    if (!isRequired && random.chance(0.35)) return [];
    const value = this.valueOf(name, type, 0);
    const isLoose = isScalarType(getNamedType(type)) && !isSpecifiedScalarType(getNamedType(type));
    const ways = isNonNullType(type) ? WAYS.slice(1) : WAYS;
    const as = isLoose ? 'variable' : pickOne(random, ways);
    const fields = as === 'literal' && typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return [{ name, type, value, as, lifted: fields.filter(() => random.chance(0.4)) }];
  }

  private valueOf(name: string, type: GraphQLInputType, depth: number): unknown {
    const { random } = this;
    const bare = getNullableType(type);
    if (isListType(bare))
      return Array.from({ length: random.below(3) }, () => this.valueOf(name, bare.ofType, depth));
    if (isEnumType(bare)) return pickOne(random, bare.getValues()).name;
    if (isInputObjectType(bare)) {
      const fields = Object.values(bare.getFields()).filter(
        (field) => random.chance(0.5) && (depth < 2 || !isInputObjectType(getNamedType(field.type))),
      );
      return Object.fromEntries(
        fields.map((field) => [field.name, this.valueOf(field.name, field.type, depth + 1)]),
      );
    }
    const known = this.options.samples[name]?.filter((one) => one !== null || !isNonNullType(type));
    if (known !== undefined && known.length > 0) return pickOne(random, known);
    return bare.name === 'Boolean' ? random.chance(0.5) : bare.name === 'Int' ? random.below(5) : 'text';
  }
}

const ROOTS = { query: OperationTypeNode.QUERY, mutation: OperationTypeNode.MUTATION } as const;
const WAYS = ['absent', 'literal', 'literal', 'variable', 'variable', 'default'] as const;

/** A fragment's name stands for one definition. */
function isRepeatable(selection: Selection): boolean {
  return (selection.kind === 'field' || selection.name === null) && selection.selections.every(isRepeatable);
}
