import { hashArguments, requireCursorFits, type ClientCursor } from '../../../schema/client-cursor';
import { readPageSize } from '../../../schema/page-size';
import { InvalidCursorError } from '../../../schema/invalid-cursor-error';
import { encodeShardCursor } from '../../../schema/shard-cursor';
import type { GatheredField } from '../compile/fetch-program';
import type { AgencyArgument, ConnectionNode } from '../compile/gather-node';
import { isJsonObject, type JsonObject } from '../../execution/json-object';
import type { ShardErrorCode } from '../gather/shard-failure';
import { type PageRules, readShardPage, type ShardPage } from '../gather/shard-page';
import type { ShardingContext } from './sharding-context';

/** A gathered field with this request's arguments read. */
export interface PreparedField {
  readonly field: GatheredField;
  readonly values: Readonly<Record<string, unknown>>;
  /** Canonical codes that the arguments narrow to, widened; null when they narrow nothing. */
  readonly agencies: readonly string[] | null;
  readonly page: PreparedPage | null;
  /** The instant a cursor pins, else the request's. */
  readonly now: string;
}

export interface PreparedPage {
  readonly rules: PageRules;
  readonly after: ClientCursor | null;
  /** Reads a shard's page when it arrives. */
  readonly read: (shard: number, value: unknown) => ShardPage | ShardErrorCode;
  readonly argumentsHash: string;
}

/** @throws BadInputError (page size, cursor, unknown agency) that names the value: the client's mistake, before any shard is asked. */
export function prepareField(
  field: GatheredField,
  variables: Readonly<Record<string, unknown>>,
  context: ShardingContext,
): PreparedField {
  const values = field.arguments.read(variables);
  const agencies = readAgencies(field, values, context);
  const page = field.node.by === 'MERGE' ? readPage(field.node, values, context) : null;
  return { field, values, agencies, page, now: page?.after?.now ?? context.now };
}

/** @throws InvalidCursorError when the cursor was given by another field, other arguments or another parent. */
export function requireCursorOf(prepared: PreparedField, parent: string | null): void {
  const { page, field } = prepared;
  if (page?.after)
    requireCursorFits(page.after, {
      coordinate: field.coordinate,
      parent,
      argumentsHash: page.argumentsHash,
    });
}

function readPage(
  node: ConnectionNode,
  values: Readonly<Record<string, unknown>>,
  { cursors, subgraph }: ShardingContext,
): PreparedPage {
  const given = values['after'];
  if (given !== undefined && given !== null && typeof given !== 'string')
    throw new InvalidCursorError('GARBLED');
  const first = readPageSize(values['first']);
  const after = typeof given === 'string' ? cursors.open(given) : null;
  const rules: PageRules = {
    first,
    after: after?.position ?? null,
    holds: (shard, agency) => subgraph.shards[shard]?.agencies.has(agency) ?? false,
  };
  return {
    rules,
    after,
    read: (shard, value) => readShardPage(node, shard, value, rules),
    argumentsHash: hashArguments(values),
  };
}

function readAgencies(
  field: GatheredField,
  values: Readonly<Record<string, unknown>>,
  context: ShardingContext,
): readonly string[] | null {
  const argument = field.arguments.agencies;
  if (!argument) return null;
  const codes = valueAt(values, argument.path);
  if (codes === null || codes === undefined) return null;
  const siblings = argument.path.length > 1 ? valueAt(values, argument.path.slice(0, -1)) : values;
  const widening = isJsonObject(siblings) ? siblings : {};
  return context.registry.directory.expand([codes].flat().map(String), {
    includeChildren: widening['includeChildren'] === true,
    includePredecessors: widening['includePredecessors'] === true,
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner: unknown, name) => (isJsonObject(inner) ? inner[name] : undefined), value);
}

/** The variables of ours for one shard: its own share of the agency codes, and the shard cursor. */
export function shardVariables(
  { field, values, agencies, page }: PreparedField,
  held: ReadonlySet<string>,
): JsonObject {
  const variables: JsonObject = {};
  const argument = field.arguments.agencies;
  if (argument)
    variables[argument.variable] = narrowed(
      values,
      argument,
      agencies?.filter((code) => held.has(code)) ?? null,
    );
  if (field.afterVariable !== null)
    variables[field.afterVariable] = page?.after ? encodeShardCursor(page.after.position) : null;
  return variables;
}

function narrowed(
  values: Readonly<Record<string, unknown>>,
  { path, isList }: AgencyArgument,
  codes: readonly string[] | null,
): unknown {
  const [outer = '', name] = path;
  const value = values[outer];
  if (codes === null) return value ?? null;
  const share = isList ? codes : codes[0];
  if (name === undefined) return share;
  const input = { ...(isJsonObject(value) ? value : {}), [name]: share };
  // The codes are widened already; a shard must not widen them again.
  for (const widening of ['includeChildren', 'includePredecessors'] as const)
    if (widening in input) input[widening] = false;
  return input;
}
