import type { GraphQLSchema } from 'graphql';
import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { WorkingCalendar } from '../contract/calendar';
import { readContract } from './contract-file';
import { type Dossier, STATUSES } from './dossier';
import { type DossierFilter, filterDossiers, type PerformanceFilter, readPeriod } from './dossier-filter';
import { pageOf, type PageArguments } from './page';
import { performanceOf } from './performance';
import { buildSubgraph, FromContract, type RequestContext } from './subgraph';
import { type Clock, judge } from './timeliness';

/** The entities by name and key; their other fields stand in the contract. */
@ObjectType('Dossier')
class DossierType {
  @Field(() => ID) readonly code!: string;
}
@ObjectType('Agency')
class AgencyType {
  @Field(() => ID) readonly code!: string;
}
@ObjectType('Procedure')
class ProcedureType {
  @Field(() => ID) readonly code!: string;
}

type DossierOrder = 'RECEIVED_DESC' | 'RECEIVED_ASC' | 'DUE_ASC' | 'DUE_DESC';

@Resolver(() => DossierType)
class DossierResolver {
  constructor(private readonly desk: Desk) {}

  @Query(() => FromContract, { nullable: true })
  dossiers(
    @Arg('filter', () => FromContract, { nullable: true }) filter: DossierFilter | null,
    @Arg('orderBy', () => FromContract, { nullable: true }) orderBy: DossierOrder | null,
    @Arg('first', () => FromContract, { nullable: true }) first: number | null,
    @Arg('after', () => FromContract, { nullable: true }) after: string | null,
    @Ctx() { now }: RequestContext,
  ) {
    return this.desk.page(filter ?? {}, orderBy, { first, after }, now);
  }

  @Query(() => DossierType, { nullable: true })
  dossier(@Arg('code', () => FromContract) code: string) {
    return this.desk.find(code);
  }

  @Query(() => FromContract, { nullable: true })
  performance(
    @Arg('filter', () => FromContract, { nullable: true }) filter: PerformanceFilter | null,
    @Arg('clock', () => FromContract) clock: Clock,
    @Ctx() { now }: RequestContext,
  ) {
    return this.desk.performance(filter ?? {}, clock, now);
  }

  @FieldResolver(() => FromContract, { nullable: true })
  timeliness(
    @Root() { row }: DossierNode,
    @Arg('clock', () => FromContract) clock: Clock,
    @Ctx() { now }: RequestContext,
  ) {
    return { rule: null, ...judge(row, clock, now) };
  }
}

@Resolver(() => AgencyType)
class AgencyResolver {
  constructor(private readonly desk: Desk) {}

  @FieldResolver(() => FromContract, { nullable: true })
  dossiers(
    @Root() { code }: AgencyType,
    @Arg('filter', () => FromContract, { nullable: true }) filter: DossierFilter | null,
    @Arg('orderBy', () => FromContract, { nullable: true }) orderBy: DossierOrder | null,
    @Arg('first', () => FromContract, { nullable: true }) first: number | null,
    @Arg('after', () => FromContract, { nullable: true }) after: string | null,
    @Ctx() { now }: RequestContext,
  ) {
    return this.desk.only({ receivingAgency: code }).page(filter ?? {}, orderBy, { first, after }, now);
  }

  @FieldResolver(() => FromContract, { nullable: true })
  performance(
    @Root() { code }: AgencyType,
    @Arg('filter', () => FromContract, { nullable: true }) filter: PerformanceFilter | null,
    @Arg('clock', () => FromContract) clock: Clock,
    @Ctx() { now }: RequestContext,
  ) {
    return this.desk.only({ receivingAgency: code }).performance(filter ?? {}, clock, now);
  }
}

@Resolver(() => ProcedureType)
class ProcedureResolver {
  constructor(private readonly desk: Desk) {}

  @FieldResolver(() => FromContract, { nullable: true })
  performance(
    @Root() { code }: ProcedureType,
    @Arg('filter', () => FromContract, { nullable: true }) filter: PerformanceFilter | null,
    @Arg('clock', () => FromContract) clock: Clock,
    @Ctx() { now }: RequestContext,
  ) {
    return this.desk.only({ procedure: code }).performance(filter ?? {}, clock, now);
  }
}

/** Answers questions about some dossiers. Over a database, this is the class that asks it. */
class Desk {
  constructor(
    private readonly rows: readonly Dossier[],
    private readonly calendar: WorkingCalendar,
  ) {}

  only(wanted: Partial<Dossier>): Desk {
    const names = Object.keys(wanted) as (keyof Dossier)[]; // Of an object literal of Dossier's.
    return new Desk(
      this.rows.filter((row) => names.every((name) => row[name] === wanted[name])),
      this.calendar,
    );
  }

  find(code: string): DossierNode | null {
    const row =
      this.rows.find((one) => one.code === code) ?? this.rows.find((one) => one.aliases.includes(code));
    return row === undefined ? null : toNode(row);
  }

  page(filter: DossierFilter, orderBy: DossierOrder | null, args: PageArguments, now: string) {
    const order = orderBy ?? 'RECEIVED_DESC';
    const date = order.startsWith('RECEIVED') ? 'receivedAt' : 'dueAt';
    return pageOf(
      {
        rows: filterDossiers(this.rows, filter, now),
        order,
        positionOf: (row) => ({ order, values: [row[date]], agency: row.receivingAgency, code: row.code }),
        toNode,
      },
      args,
    );
  }

  performance(filter: PerformanceFilter, clock: Clock, now: string) {
    const { from, to, ...rest } = filter;
    const period = readPeriod(from, to);
    const dossiers = filterDossiers(this.rows, rest, now);
    return performanceOf(dossiers, { clock, period, now, calendar: this.calendar });
  }
}

type DossierNode = ReturnType<typeof toNode>;

/** A row as the contract shows it. Whatever may belong to another agency is only a reference: the gateway asks there. */
function toNode(row: Dossier) {
  const reference = (code: string | null) => (code === null ? null : { code });
  return {
    ...row,
    row,
    procedure: reference(row.procedure),
    receivingAgency: reference(row.receivingAgency),
    handlingAgency: reference(row.handlingAgency),
    statusNumber: row.status === null ? null : STATUSES.indexOf(row.status),
    // This agency keeps neither.
    supplements: null,
    steps: null,
  };
}

export function buildDossiersSubgraph(rows: readonly Dossier[], calendar: WorkingCalendar): GraphQLSchema {
  const desk = new Desk(rows, calendar);
  return buildSubgraph({
    sdl: readContract('dossiers'),
    resolvers: [new DossierResolver(desk), new AgencyResolver(desk), new ProcedureResolver(desk)],
    entities: [AgencyType, ProcedureType],
    references: {
      Dossier: ({ code }) => desk.find(String(code)),
      Agency: ({ code }) => ({ code }),
      Procedure: ({ code }) => ({ code }),
    },
  });
}
