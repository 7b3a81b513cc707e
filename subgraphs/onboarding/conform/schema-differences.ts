import { Kind, print, type TypeNode } from 'graphql';
import type { SdlMember, SdlType } from './sdl-types';

export interface SchemaDifferences {
  /** A gateway's query would be refused, or its answer could not be read. */
  readonly errors: readonly string[];
  /** More than the contract asks. */
  readonly notes: readonly string[];
}

type Types = ReadonlyMap<string, SdlType>;

/** Types that federation and the shard spec bring along. */
const NOT_OURS = /^(_|federation__|link__|shard__)/;

/** What keeps a schema from serving every query that fits the contract. */
export function compareTypes(contract: Types, theirs: Types): SchemaDifferences {
  const found = new Differences();
  for (const [name, type] of contract) {
    if (NOT_OURS.test(name)) continue;
    const own = theirs.get(name);
    if (own === undefined) found.error(`type ${name} is missing`);
    else if (own.kind !== type.kind) found.error(`${name} must be of kind ${type.kind}, is ${own.kind}`);
    else compareType(name, type, own, found);
  }
  return found;
}

class Differences implements SchemaDifferences {
  readonly errors: string[] = [];
  readonly notes: string[] = [];

  error(sentence: string): void {
    this.errors.push(sentence);
  }

  note(sentence: string): void {
    this.notes.push(sentence);
  }
}

function compareType(name: string, contract: SdlType, own: SdlType, found: Differences): void {
  for (const value of contract.values)
    if (!own.values.includes(value)) found.error(`enum ${name} lacks the value ${value}`);
  for (const value of own.values)
    if (!contract.values.includes(value))
      found.note(`enum ${name} has the value ${value}, which no gateway knows`);
  for (const implemented of contract.interfaces)
    if (!own.interfaces.includes(implemented)) found.error(`${name} must implement ${implemented}`);
  if (contract.kind === 'input') compareInputs(name, contract.fields, own.fields, found);
  else compareFields(name, contract, own, found);
}

function compareFields(name: string, contract: SdlType, own: SdlType, found: Differences): void {
  for (const [field, member] of contract.fields) {
    const coordinate = `${name}.${field}`;
    const theirs = own.fields.get(field);
    if (theirs === undefined) {
      found.error(`field ${coordinate} is missing`);
      continue;
    }
    compareOutput(coordinate, member, theirs, found);
    compareInputs(`${coordinate}(…)`, member.args, theirs.args, found);
  }
  for (const field of own.fields.keys())
    if (!contract.fields.has(field) && !field.startsWith('_'))
      found.note(`${name}.${field} is not in the contract; no gateway asks for it`);
}

/** A stricter answer can be read. But a field that is gathered must stay nullable: one failure would null all beside it. */
function compareOutput(coordinate: string, contract: SdlMember, own: SdlMember, found: Differences): void {
  const [expected, got] = [print(contract.type), print(own.type)];
  if (expected === got) return;
  if (!isAtLeast(own.type, contract.type)) {
    found.error(`${coordinate} must be of type ${expected}, is ${got}`);
  } else if (contract.directives.some((directive) => directive.startsWith('@gather'))) {
    found.error(
      `${coordinate} must stay nullable (${expected}), is ${got}: one failure would null all beside it`,
    );
  } else {
    found.note(`${coordinate} is ${got}, stricter than ${expected}`);
  }
}

function compareInputs(
  place: string,
  contract: ReadonlyMap<string, SdlMember>,
  own: ReadonlyMap<string, SdlMember>,
  found: Differences,
): void {
  for (const [name, member] of contract) {
    const theirs = own.get(name);
    const [expected, got] = [print(member.type), theirs && print(theirs.type)];
    if (theirs === undefined) found.error(`${place} lacks ${name}: ${expected}`);
    else if (!isAtLeast(member.type, theirs.type))
      found.error(`${name} of ${place} must take ${expected}, takes ${got}`);
    else if (defaultOf(member) !== defaultOf(theirs))
      found.error(
        `${name} of ${place} must default to ${defaultOf(member)}, defaults to ${defaultOf(theirs)}`,
      );
  }
  for (const [name, member] of own) {
    if (contract.has(name)) continue;
    const isDemanded = member.type.kind === Kind.NON_NULL_TYPE && member.defaultValue === null;
    if (isDemanded) found.error(`${place} demands ${name}, which no gateway sends`);
    else found.note(`${place} takes ${name}, which no gateway sends`);
  }
}

function defaultOf({ defaultValue }: SdlMember): string {
  return defaultValue === null ? 'nothing' : print(defaultValue);
}

/** Every value of `type` is one of `wanted`: the same type, or the same with fewer nulls. */
function isAtLeast(type: TypeNode, wanted: TypeNode): boolean {
  if (wanted.kind === Kind.NON_NULL_TYPE)
    return type.kind === Kind.NON_NULL_TYPE && isAtLeast(type.type, wanted.type);
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (wanted.kind === Kind.LIST_TYPE)
    return inner.kind === Kind.LIST_TYPE && isAtLeast(inner.type, wanted.type);
  return inner.kind === Kind.NAMED_TYPE && inner.name.value === wanted.name.value;
}

const KEY = /^@key\b/;
const SHARD = /^@(shardBy|shardArg|gather)\b/;

/** The keys by which a gateway enters, and the directives by which it routes and gathers. */
export function missingDirectives(
  contract: Types,
  theirs: Types,
  which: 'keys' | 'shards',
): readonly string[] {
  const pattern = which === 'keys' ? KEY : SHARD;
  const missing: string[] = [];
  const compare = (coordinate: string, expected: readonly string[], got: readonly string[] | undefined) => {
    for (const directive of expected.filter((one) => pattern.test(one)))
      if (got?.map(withoutDefaults).includes(withoutDefaults(directive)) === false)
        missing.push(`${coordinate} lacks ${directive}`);
  };
  for (const [name, type] of contract) {
    const own = theirs.get(name);
    compare(name, type.directives, own?.directives);
    for (const [field, member] of type.fields) {
      const theirField = own?.fields.get(field);
      compare(`${name}.${field}`, member.directives, theirField?.directives);
      for (const [argument, { directives }] of member.args)
        compare(`${name}.${field}(${argument})`, directives, theirField?.args.get(argument)?.directives);
    }
  }
  return missing;
}

/** `@key(fields: "code", resolvable: true)` and a `completeness` of ANY say what is said without them. */
function withoutDefaults(directive: string): string {
  return directive
    .replace(/, (resolvable: true|completeness: ANY)\b/g, '')
    .replace(/\(completeness: ANY, /, '(');
}
