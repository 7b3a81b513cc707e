import { buildSubgraphSchema } from '@apollo/subgraph';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type GraphQLSchema } from 'graphql';
import { compareBytewise } from '../../schema/bytewise';
import { readPageSize } from '../../schema/page-size';
import { projectRoot } from '../../schema/runtime/project-root';
import {
  comparePositions,
  decodeShardCursor,
  encodeShardCursor,
  type ShardPosition,
} from '../../schema/shard-cursor';
import { withShardSpec } from './compose-sharded';

/** A row of test/fixtures/small-dossiers.graphql. */
export interface SmallDossier {
  readonly code: string;
  readonly agency: string;
  readonly receivedAt: string | null;
  readonly field?: string | null;
  /** Working days it took; null while it is unfinished. */
  readonly days?: number | null;
  readonly procedure?: string;
}

export const SMALL_DOSSIERS_SDL = withShardSpec(
  readFileSync(join(projectRoot(), 'test', 'fixtures', 'small-dossiers.graphql'), 'utf8'),
);

type Rows = readonly SmallDossier[];

interface Filter {
  readonly agencies?: readonly string[] | null;
  readonly field?: string | null;
}

interface PageArguments {
  readonly filter?: Filter | null;
  readonly orderBy: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One system's subgraph over its rows: each value is what that system alone would say. */
export function smallDossiersSchema(rows: Rows, name: string): GraphQLSchema {
  const ofAgency = (code: string): Rows => rows.filter((row) => row.agency === code);
  const find = (code: string): SmallDossier | null => rows.find((row) => row.code === code) ?? null;
  const agencyRef = (code: string) => ({ __typename: 'Agency', code });
  const root = {
    dossiers: (_: unknown, args: PageArguments) => pageOf(filtered(rows, args.filter), args),
    dossier: (_: unknown, args: { code: string }) => find(args.code),
    performance: (_: unknown, args: { filter?: Filter }) => figures(filtered(rows, args.filter), name),
    desk: (_: unknown, args: { agency: string }) => desksOf(ofAgency(args.agency))[0] ?? null,
    desks: (_: unknown, args: { filter?: Filter }) => desksOf(filtered(rows, args.filter)),
    byField: (_: unknown, args: { filter?: Filter }) => byField(filtered(rows, args.filter), name),
    agencies: () => [...new Set(rows.map((row) => row.agency))].map(agencyRef),
    received: (_: unknown, args: { filter?: Filter }) => filtered(rows, args.filter).length,
    mostReceived: () => rows.length,
    allReceived: () => rows.length,
    days: (_: unknown, args: { filter?: Filter }) => figures(filtered(rows, args.filter), name)['days'],
    finished: (_: unknown, args: { filter?: Filter }) =>
      figures(filtered(rows, args.filter), name)['finished'],
  };
  return buildSubgraphSchema({
    typeDefs: parse(SMALL_DOSSIERS_SDL),
    resolvers: {
      Query: root,
      Mutation: {
        openDesk: (_: unknown, args: { agency: string; name: string }) => args,
        renewDossier: (_: unknown, args: { code: string }) => find(args.code),
        cleanUp: () => rows.length,
      },
      Agency: {
        __resolveReference: ({ code }: { code: string }) => agencyRef(code),
        title: ({ code }: { code: string }) => `Cơ quan ${code}`,
        dossiers: ({ code }: { code: string }, args: PageArguments) =>
          pageOf(filtered(ofAgency(code), args.filter), args),
        performance: ({ code }: { code: string }) => figures(ofAgency(code), name),
      },
      Procedure: {
        __resolveReference: ({ code }: { code: string }) => ({ code }),
        performance: ({ code }: { code: string }, args: { filter?: Filter }) =>
          figures(
            filtered(rows, args.filter).filter((row) => row.procedure === code),
            name,
          ),
      },
      Dossier: {
        __resolveReference: ({ code }: { code: string }) => find(code),
        agency: (row: SmallDossier) => agencyRef(row.agency),
        procedure: (row: SmallDossier) => (row.procedure === undefined ? null : { code: row.procedure }),
        body: (row: SmallDossier) => agencyRef(row.agency),
        holder: (row: SmallDossier) => agencyRef(row.agency),
        broken: () => {
          throw new Error('This field is broken');
        },
      },
      Desk: {
        agency: (desk: { agency: string }) => agencyRef(desk.agency),
        broken: () => {
          throw new Error('This field is broken');
        },
      },
    },
  });
}

function filtered(rows: Rows, filter: Filter | null | undefined): Rows {
  const { agencies, field } = filter ?? {};
  return rows.filter(
    (row) =>
      (agencies === null || agencies === undefined || agencies.includes(row.agency)) &&
      (field === null || field === undefined || row.field === field),
  );
}

export function positionOf(row: SmallDossier, order: string): ShardPosition {
  return { order, values: [row.receivedAt], agency: row.agency, code: row.code };
}

function pageOf(rows: Rows, { orderBy, first, after }: PageArguments) {
  const sorted = rows
    .map((node) => ({ node, position: positionOf(node, orderBy) }))
    .sort((a, b) => comparePositions(a.position, b.position));
  const last = after ? decodeShardCursor(after) : null;
  const rest = sorted.filter(({ position }) => last === null || comparePositions(position, last) > 0);
  const page = rest.slice(0, readPageSize(first));
  return {
    edges: page.map(({ node, position }) => ({ node, cursor: encodeShardCursor(position) })),
    pageInfo: { hasNextPage: rest.length > page.length, hasPreviousPage: last !== null },
    totalCount: rows.length,
  };
}

function figures(rows: Rows, source: string): Record<string, unknown> {
  const days = rows.flatMap((row) => (typeof row.days === 'number' ? [row.days] : []));
  const dates = rows
    .flatMap((row) => (row.receivedAt === null ? [] : [row.receivedAt]))
    .sort(compareBytewise);
  return {
    received: rows.length,
    allReceived: rows.length,
    finished: days.length,
    days: days.reduce((total, one) => total + one, 0),
    earliest: dates[0] ?? null,
    latest: dates.at(-1) ?? null,
    fewestDays: days.length === 0 ? null : Math.min(...days),
    mostDays: days.length === 0 ? null : Math.max(...days),
    source,
    byField: () => byField(rows, source),
    byAgency: () =>
      [...grouped(rows, (row) => row.agency)].map(([code, some]) => ({
        agency: { __typename: 'Agency', code },
        received: some.length,
      })),
    ofFinished: () =>
      figures(
        rows.filter((row) => typeof row.days === 'number'),
        source,
      ),
    desks: () => desksOf(rows),
  };
}

function byField(rows: Rows, source: string) {
  return [...grouped(rows, (row) => row.field ?? null)].map(([field, some]) => ({
    ...figures(some, source),
    field,
  }));
}

function grouped<Key>(rows: Rows, keyOf: (row: SmallDossier) => Key): ReadonlyMap<Key, Rows> {
  return Map.groupBy(rows, keyOf);
}

/** One desk per agency and field. */
function desksOf(rows: Rows) {
  return [...grouped(rows, (row) => `${row.field ?? '-'} · ${row.agency}`)].map(([name, [row]]) => ({
    name,
    agency: row?.agency,
  }));
}
