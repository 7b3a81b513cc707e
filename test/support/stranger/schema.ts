import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildASTSchema,
  GraphQLError,
  type GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLScalarType,
  type GraphQLSchema,
  parse,
} from 'graphql';
import type { StrangerFault } from './faults';
import { fits, type PageArguments, toPage } from './pages';
import { type PerformanceFilter, performanceOf } from './performance';
import { STATUS_NAMES, STRANGER_ROWS, type StrangerRow } from './rows';
import { verdictOf } from './timeliness';

export interface StrangerContext {
  readonly now: string;
}

type Resolver = GraphQLFieldResolver<never, StrangerContext, never>;

const SDL_FILE = join(__dirname, '../../../schema/dossiers.graphql');

const FEDERATION = `
  scalar _Any
  type _Service { sdl: String! }
  union _Entity = Agency | Dossier | Procedure
  extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
`;

/** The SDL as this stranger serves it, faults of schema included. */
function sdlOf(fault: StrangerFault | null): string {
  const sdl = readFileSync(SDL_FILE, 'utf8');
  switch (fault) {
    case 'has no steps':
      return sdl.replace(/ {2}"""[^"]*"""\n {2}steps: .*\n/, '');
    case 'allows a code to be null':
      return sdl.replace(/(type Dossier [\s\S]*?\n {2}code: ID)!/, '$1');
    case 'promises a page':
      return sdl.replaceAll('): DossierConnection @gather', '): DossierConnection! @gather');
    case 'demands an agency':
      return sdl.replace(/(input DossierFilter \{[\s\S]*?agencies: \[ID!\])/, '$1!');
    case 'lacks a status':
      return sdl.replace(/ {2}"""[^"]*"""\n {2}IN_TRANSFER\n/, '');
    case 'has no key for agencies':
      return sdl.replace('type Agency @key(fields: "code") ', 'type Agency ');
    case 'does not say how figures are gathered':
      return sdl.replace('received: Int @gather(by: SUM)', 'received: Int');
    default:
      return sdl;
  }
}

/** Hand-written resolvers on a schema that is read from the contract's text; nothing else of the project. */
export function strangerSchema(fault: StrangerFault | null): GraphQLSchema {
  const sdl = sdlOf(fault);
  const schema = buildASTSchema(parse(sdl + FEDERATION), { assumeValidSDL: true });
  const live = STRANGER_ROWS.filter(({ isDeleted }) => !isDeleted);
  const mixed: { args: PageArguments } = { args: {} };

  const find = (code: string) =>
    live.find((row) => row.code === code) ??
    (fault === 'knows no other codes' ? undefined : live.find(({ aliases }) => aliases.includes(code))) ??
    null;

  const page = async (asked: PageArguments, now: string, agency?: string) => {
    mixed.args = asked;
    await new Promise((resolve) => setImmediate(resolve));
    const args = fault === 'mixes questions up' ? mixed.args : asked;
    const ofAgency = (row: StrangerRow) => agency === undefined || row.agency === agency;
    const chosen = live.filter((row) => ofAgency(row) && fits(row, args.filter ?? {}, now, fault));
    const withDeleted = STRANGER_ROWS.filter(
      (row) => ofAgency(row) && fits(row, args.filter ?? {}, now, fault),
    );
    return toPage(chosen, withDeleted, args, fault);
  };

  const figures = (rows: readonly StrangerRow[], args: FiguresArguments, now: string) =>
    performanceOf(rows, { filter: args.filter ?? {}, clock: args.clock, now, fault });

  const attach = (type: string, resolvers: Readonly<Record<string, Resolver>>) => {
    const object = schema.getType(type);
    if (!(object instanceof GraphQLObjectType)) throw new Error(type);
    for (const [name, resolve] of Object.entries(resolvers)) {
      const field = object.getFields()[name];
      if (field !== undefined) field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>;
    }
  };

  const date = schema.getType('Date');
  if (date instanceof GraphQLScalarType && fault !== 'takes any day')
    Object.assign(date, {
      parseValue: readDay,
      parseLiteral: ({ value }: { value?: unknown }) => readDay(value),
    });

  attach('Query', {
    _service: () => ({ sdl }),
    _entities: (_, { representations }: { readonly representations: readonly Representation[] }) => {
      const entities = representations.map((one) => enter(one, find, fault));
      if (fault === 'leaves nulls out of entities') return entities.filter((entity) => entity !== null);
      return fault === 'sorts entities' ? entities.toSorted(byCode) : entities;
    },
    dossiers: (_, args: PageArguments, { now }) => page(args, now),
    dossier: (_, { code }: { readonly code: string }) => find(code),
    performance: (_, args: FiguresArguments, { now }) => figures(live, args, now),
  });
  attach('Agency', {
    dossiers: ({ code }: Representation, args: PageArguments, { now }) => page(args, now, code),
    performance: ({ code }: Representation, args: FiguresArguments, { now }) =>
      figures(
        live.filter(({ agency }) => agency === code),
        args,
        now,
      ),
  });
  attach('Procedure', {
    performance: ({ code }: Representation, args: FiguresArguments, { now }) =>
      figures(
        live.filter(({ procedure }) => procedure === code),
        args,
        now,
      ),
  });
  attach('Dossier', {
    procedure: ({ procedure }: StrangerRow) => (procedure === null ? null : { code: procedure }),
    receivingAgency: ({ agency }: StrangerRow) => ({ code: agency }),
    status: ({ status }: StrangerRow) => (status === null ? null : STATUS_NAMES[status]),
    statusNumber: ({ status }: StrangerRow) => status,
    isSynthetic: () => true,
    field: ({ field, code }: StrangerRow) =>
      fault === 'answers by chance' && code.endsWith('7') ? String(Math.random()) : field,
    timeliness: (row: StrangerRow, { clock }: { readonly clock: string }, { now }) =>
      verdictOf(row, clock, now, fault),
  });
  return schema;
}

interface FiguresArguments {
  readonly filter?: PerformanceFilter | null;
  readonly clock: string;
}

interface Representation {
  readonly __typename: string;
  readonly code: string;
}

function readDay(value: unknown): unknown {
  const time = Date.parse(`${String(value)}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value)
    throw new GraphQLError(`not a day: ${String(value)}`);
  return value;
}

function enter(
  { __typename, code }: Representation,
  find: (code: string) => StrangerRow | null,
  fault: StrangerFault | null,
): object | null {
  if (__typename === 'Agency' || __typename === 'Procedure') return { __typename, code };
  const row = __typename === 'Dossier' ? find(code) : null;
  if (__typename !== 'Dossier' && fault !== 'ignores unknown entity types')
    throw new GraphQLError(`unknown type ${__typename}`);
  return row === null ? null : { __typename, ...row };
}

function byCode(a: object | null, b: object | null): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
