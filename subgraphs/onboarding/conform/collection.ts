import type { z } from 'zod';
import type { PositionValue } from '../../../schema/shard-cursor';
import type { SubgraphName } from './contract';

/** What every row of every subgraph has. */
export interface SampledRow {
  readonly code: string;
}

/** A row and the cursor it came with, in the default order. */
export interface SampledEdge<Row extends SampledRow> {
  readonly cursor: string;
  readonly node: Row;
}

/** The connection of one subgraph at its root, said so that the checks of pages serve for all. */
export interface Collection<Row extends SampledRow> {
  readonly subgraph: SubgraphName;
  /** The root field that pages, and the one that finds one row. */
  readonly field: string;
  readonly one: string;
  readonly entity: string;
  readonly filterType: string;
  readonly orderType: string;
  readonly orders: readonly string[];
  readonly defaultOrder: string;
  /** Every field of a row that a check looks at. */
  readonly selection: string;
  readonly row: z.ZodType<Row>;
  /** The agency that a row counts for: it stands in its cursor. */
  agencyOf(row: Row): string | null;
  /** What an order compares, as it must stand in the cursor. */
  positionValue(row: Row, order: string): PositionValue;
  /** Narrows a filter to rows received (or whatever the subgraph's day is) within days; null when rows have no day. */
  withinDays(from: string, to: string): object | null;
}

export type Filter = Readonly<Record<string, unknown>>;
