import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import type { Random } from '../../subgraphs/province/random';
import { pickOne, pickSome, type Samples } from './operation-samples';
import type { ArgumentChoice } from './operation-tree';

/** How often an argument that may be left out is given. */
const GIVEN: Readonly<Record<string, number>> = {
  filter: 0.5,
  first: 0.9,
  orderBy: 0.5,
  clock: 0.6,
  asOf: 0.25,
  after: 0.1,
};

const WAYS = ['literal', 'literal', 'variable', 'default', 'absent'] as const;

/** Chooses values for the arguments of one field: mostly such as occur in the rows. */
export class RandomArguments {
  constructor(
    private readonly random: Random,
    private readonly samples: Samples,
  ) {}

  choose(typeName: string, fieldName: string, args: readonly GraphQLArgument[]): readonly ArgumentChoice[] {
    const { random } = this;
    return args.flatMap((argument): readonly ArgumentChoice[] => {
      const { name, type } = argument;
      const isRequired = isNonNullType(type) && argument.defaultValue === undefined;
      const isWide = name === 'filter' && typeName === 'Query' && ['agencies', 'places'].includes(fieldName);
      if (!isRequired && !isWide && !random.chance(GIVEN[name] ?? 0.5)) return [];
      const value = this.valueOf(fieldName, name, type, isWide);
      const mayBeAbsent = !isNonNullType(type) && !isWide;
      const as = pickOne(random, mayBeAbsent ? WAYS : WAYS.slice(0, 4));
      const fields = as === 'literal' && isRecord(value) ? Object.keys(value) : [];
      return [{ name, type, value, as, lifted: fields.filter(() => random.chance(0.3)) }];
    });
  }

  private valueOf(fieldName: string, name: string, type: GraphQLInputType, isWide = false): unknown {
    const { random, samples } = this;
    const bare = getNullableType(type);
    if (isInputObjectType(bare)) return this.filter(Object.values(bare.getFields()), fieldName, isWide);
    if (isListType(bare)) {
      if (random.chance(0.05)) return [];
      const values = this.listValues(fieldName, name, bare.ofType);
      return pickSome(random, values, 3);
    }
    if (isEnumType(bare)) return pickOne(random, bare.getValues()).name;
    switch (name) {
      case 'first':
        if (random.chance(0.01)) return pickOne(random, [0, -1, 201]);
        return random.chance(0.1) ? pickOne(random, [1, 20, 40]) : 1 + random.below(4);
      case 'after':
        return null;
      case 'slug':
        return pickOne(random, samples.sites);
      case 'text':
        return pickOne(random, samples.texts);
      case 'code':
      case 'parent':
        return pickOne(random, this.codesOf(fieldName));
      default:
        break;
    }
    const named = getNamedType(bare).name;
    if (named === 'Date') return pickOne(random, samples.days);
    if (named === 'Boolean') return random.chance(0.5);
    throw new TypeError(`No sample for "${name}" of "${fieldName}"`);
  }

  private listValues(fieldName: string, name: string, type: GraphQLInputType): readonly unknown[] {
    const bare = getNullableType(type);
    if (isEnumType(bare)) return bare.getValues().map((value) => value.name);
    switch (name) {
      case 'agencies':
        return this.samples.agencies;
      case 'procedures':
        return this.samples.procedures;
      case 'fields':
        return this.samples.fields;
      case 'codes':
        return fieldName === 'places' ? this.samples.places : this.samples.agencies;
      default:
        throw new TypeError(`No samples for the list "${name}" of "${fieldName}"`);
    }
  }

  private codesOf(fieldName: string): readonly string[] {
    switch (fieldName) {
      case 'agency':
        return this.samples.agencies;
      case 'procedure':
        return this.samples.procedures;
      case 'dossier':
        return this.samples.dossiers;
      default:
        return this.samples.places;
    }
  }

  /** One to four fields of a filter. A wide root field is always narrowed to a few codes. */
  private filter(
    fields: readonly GraphQLInputField[],
    fieldName: string,
    isWide: boolean,
  ): Readonly<Record<string, unknown>> {
    const { random } = this;
    const chosen = new Set(pickSome(random, fields, 4));
    const codes = isWide ? fields.find(({ name }) => name === 'codes') : undefined;
    if (codes) chosen.add(codes);
    const filter: Record<string, unknown> = Object.fromEntries(
      [...chosen].map(({ name, type }) => [
        name,
        !isWide && random.chance(0.05) ? null : this.valueOf(fieldName, name, type),
      ]),
    );
    return inOrder(filter);
  }
}

/** A range the wrong way round is a mistake that a subgraph tells when it is asked; a system without the agency is not. */
function inOrder(filter: Record<string, unknown>): Record<string, unknown> {
  for (const [from, to] of [
    ['from', 'to'],
    ['receivedFrom', 'receivedTo'],
    ['dueFrom', 'dueTo'],
  ] as const) {
    const [first, last] = [filter[from], filter[to]];
    if (typeof first === 'string' && typeof last === 'string' && first > last)
      [filter[from], filter[to]] = [last, first];
  }
  return filter;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
