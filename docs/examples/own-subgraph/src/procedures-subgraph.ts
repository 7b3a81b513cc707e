import type { GraphQLSchema } from 'graphql';
import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { localDay } from '../contract/calendar';
import { matchRank } from '../contract/match-rank';
import { BadInputError } from '../contract/runtime/coded-error';
import { matchesSearch, searchWords, sortKey } from '../contract/vietnamese-text';
import { readContract } from './contract-file';
import type { Channel } from './dossier';
import { pageOf, type PageArguments } from './page';
import { isValidOn, issuesOf, type Level, type Procedure } from './procedure';
import { buildSubgraph, FromContract, type RequestContext } from './subgraph';

@ObjectType('Procedure')
class ProcedureType {
  @Field(() => ID) readonly code!: string;
}
@ObjectType('Agency')
class AgencyType {
  @Field(() => ID) readonly code!: string;
}

type ProcedureOrder = 'MATCH_ASC' | 'NAME_ASC' | 'NAME_DESC' | 'CODE_ASC' | 'CODE_DESC';

interface ProcedureFilter {
  readonly agencies?: readonly string[] | null;
  readonly text?: string | null;
  readonly fields?: readonly string[] | null;
  readonly levels?: readonly Level[] | null;
  readonly channels?: readonly Channel[] | null;
  readonly issues?: readonly string[] | null;
}

@Resolver(() => ProcedureType)
class ProcedureResolver {
  constructor(private readonly catalogue: Catalogue) {}

  @Query(() => FromContract, { nullable: true })
  procedures(
    @Arg('filter', () => FromContract, { nullable: true }) filter: ProcedureFilter | null,
    @Arg('orderBy', () => FromContract, { nullable: true }) orderBy: ProcedureOrder | null,
    @Arg('first', () => FromContract, { nullable: true }) first: number | null,
    @Arg('after', () => FromContract, { nullable: true }) after: string | null,
    @Arg('asOf', () => FromContract, { nullable: true }) asOf: string | null,
    @Ctx() { now }: RequestContext,
  ) {
    return this.catalogue.on(asOf ?? localDay(now)).page(filter ?? {}, orderBy, { first, after });
  }

  @Query(() => ProcedureType, { nullable: true })
  procedure(
    @Arg('code', () => FromContract) code: string,
    @Arg('asOf', () => FromContract, { nullable: true }) asOf: string | null,
    @Ctx() { now }: RequestContext,
  ) {
    return this.catalogue.on(asOf ?? localDay(now)).find(code);
  }
}

@Resolver(() => AgencyType)
class AgencyResolver {
  constructor(private readonly catalogue: Catalogue) {}

  @FieldResolver(() => FromContract, { nullable: true })
  procedures(
    @Root() { code }: AgencyType,
    @Arg('filter', () => FromContract, { nullable: true }) filter: ProcedureFilter | null,
    @Arg('orderBy', () => FromContract, { nullable: true }) orderBy: ProcedureOrder | null,
    @Arg('first', () => FromContract, { nullable: true }) first: number | null,
    @Arg('after', () => FromContract, { nullable: true }) after: string | null,
    @Arg('asOf', () => FromContract, { nullable: true }) asOf: string | null,
    @Ctx() { now }: RequestContext,
  ) {
    const own = this.catalogue.on(asOf ?? localDay(now)).of(code);
    return own.page(filter ?? {}, orderBy, { first, after });
  }
}

/** Answers questions about some procedures. */
class Catalogue {
  constructor(private readonly rows: readonly Procedure[]) {}

  on(day: string): Catalogue {
    return new Catalogue(this.rows.filter((row) => isValidOn(row, day)));
  }

  of(agency: string): Catalogue {
    return new Catalogue(this.rows.filter((row) => row.agency === agency));
  }

  /** Also by the provincial form, `1.001193.000.00.00.H23`. */
  find(code: string): object | null {
    const [, stem] = /^(\d\.\d{6})\.(?:000\.00\.00\.)?H23$/.exec(code) ?? [];
    const row = this.rows.find((one) => one.code === code || one.code === stem);
    return row === undefined ? null : toNode(row);
  }

  page(filter: ProcedureFilter, orderBy: ProcedureOrder | null, args: PageArguments) {
    const words = readWords(filter.text);
    // From the arguments alone: every system must choose the same.
    const order = orderBy ?? (filter.text == null ? 'NAME_ASC' : 'MATCH_ASC');
    return pageOf(
      {
        rows: this.rows.filter((row) => fits(row, filter, words)),
        order,
        positionOf: (row) => ({
          order,
          values: [sortValue(row, order, words)],
          agency: row.agency,
          code: row.code,
        }),
        toNode,
      },
      args,
    );
  }
}

/** What the order compares, bytewise: the one Vietnamese order of names, nearness to the text before it. */
function sortValue({ code, name }: Procedure, order: ProcedureOrder, words: readonly string[]): string {
  if (order.startsWith('CODE')) return code;
  const key = sortKey(name);
  return order === 'MATCH_ASC' && words.length > 0 ? `${matchRank(words, searchWords(name))}!${key}` : key;
}

function fits(row: Procedure, filter: ProcedureFilter, words: readonly string[]): boolean {
  const { agencies, fields, levels, channels, issues } = filter;
  return (
    (agencies == null || agencies.includes(row.agency)) &&
    (fields == null || (row.field !== null && fields.includes(row.field))) &&
    (levels == null || row.levels.some((level) => levels.includes(level))) &&
    (channels == null || row.channels.some((channel) => channels.includes(channel))) &&
    (issues == null || issuesOf(row).some(({ code }) => issues.includes(code))) &&
    matchesSearch(words, searchWords(row.name))
  );
}

function readWords(text: string | null | undefined): readonly string[] {
  if (text != null && text.length > 200)
    throw new BadInputError(`"text" must have at most 200 characters, got ${text.length}`);
  return searchWords(text ?? '');
}

function toNode(row: Procedure): object {
  const { workingDays, feeVnd, channels } = row;
  const time = workingDays === null ? null : { value: workingDays, unit: 'WORKING_DAY' };
  const fee = feeVnd === null ? null : { minVnd: feeVnd, maxVnd: feeVnd };
  return {
    ...row,
    hasLocalCode: false,
    isEitherLevel: false,
    channels: channels.map((channel) => ({ channel, time, fee })),
    time,
    fee,
    isOnlineAvailable: channels.includes('ONLINE'),
    legalBasis: [],
    agency: { code: row.agency },
    implementingAgencies: [],
    issues: issuesOf(row),
  };
}

export function buildProceduresSubgraph(rows: readonly Procedure[]): GraphQLSchema {
  const catalogue = new Catalogue(rows);
  return buildSubgraph({
    sdl: readContract('procedures'),
    resolvers: [new ProcedureResolver(catalogue), new AgencyResolver(catalogue)],
    entities: [AgencyType],
    references: {
      Procedure: ({ code }, { now }) => catalogue.on(localDay(now)).find(String(code)),
      Agency: ({ code }) => ({ code }),
    },
  });
}
