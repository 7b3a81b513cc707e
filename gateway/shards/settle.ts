import type { GraphQLFormattedError } from 'graphql';
import type { ConnectionNode, GatherNode } from './gather-node';
import type { GatherNotes, MergedPage, ShardValue } from './gather-notes';
import { gatherField } from './gather-values';
import { isRecord, type JsonObject } from './json-object';
import type { MissingCollector } from './missing-collector';
import type { PageScope } from './page-scope';
import type { PreparedField } from './prepare-field';
import { requireCursorOf } from './prepare-field';
import { agenciesInScope, type Scope } from './route';
import type { ShardErrorCode, ShardFailure } from './shard-failure';
import type { Completeness } from './shard-spec';
import type { ShardingContext } from './sharding-context';
import { codeOfErrors, type InnerError, type Slot } from './slot';

/** A gathered value, and the errors that belong below it (paths start at the value). */
export interface Settled {
  readonly value: unknown;
  readonly errors: readonly {
    readonly path: readonly (string | number)[];
    readonly error: GraphQLFormattedError;
    readonly shard: number;
  }[];
}

export interface Settling {
  readonly prepared: PreparedField;
  readonly slot: Slot;
  readonly scope: Scope;
  /** Key of the entity that the field stands on; null at the root. */
  readonly parent: string | null;
  readonly collector: MissingCollector;
  readonly errorPath: readonly (string | number)[];
}

/**
 * Makes one value of what the shards said for one field of one parent, and tells the collector what is missing from it.
 *
 * @throws InvalidCursorError when `after` belongs to another parent.
 */
export function settleField(
  context: ShardingContext,
  { prepared, slot, scope, parent, collector, errorPath }: Settling,
): Settled {
  requireCursorOf(prepared, parent);
  const { node } = prepared.field;
  const faults = new Map<number, { code: ShardErrorCode; fields: Set<string> }>();
  const duplicates = new Set<number>();
  let page: MergedPage | null = null;
  const fault = (shard: number, code: ShardErrorCode, field: string | null): void => {
    if (code === 'SHARD_DUPLICATE_ROW') return void duplicates.add(shard);
    const known = faults.get(shard) ?? { code, fields: new Set<string>() };
    if (field !== null) known.fields.add(field);
    faults.set(shard, known);
  };
  const inner = slot.innerErrors.filter(({ shard, path, error }) => {
    const field = brokenField(node, path);
    if (field !== null) fault(shard, codeOfErrors([error], 'SHARD_UNAVAILABLE'), field);
    return field === null;
  });
  const pageScope = prepared.page ? createPageScope(context, prepared, scope, slot, parent) : null;
  const notes: GatherNotes = { fault, page: (merged) => void (page = merged), scope: pageScope };
  const values = inRegistryOrder(slot);
  const gathered = gatherField(
    node,
    values.map(({ shard, value }) => ({ shard, value: asObject(node, value) })),
    notes,
  );
  const failures = allFailures(slot, faults);
  const found = node.by === 'FIRST' && gathered !== null;
  const answered = scope.shards.length - failures.size;
  const total = scope.shards.length + (scope.none.length > 0 ? 1 : 0);
  const isEnough =
    found || suffices(strictest(node.completeness, context.completeness), answered, total, slot);
  const value = isEnough ? gathered : null;
  if (!found) {
    collector.add({
      path: errorPath,
      shards: scope.shards,
      none: scope.none,
      failures,
      duplicates,
      agenciesOf: (shard) => agenciesInScope(context.subgraph, scope, shard),
      // Of a value that is null nothing is partial.
      isCounted: value !== null && node.by === 'MERGE' && node.totalCounts.length > 0,
      partial: value === null ? [] : partialFields(node, slot, scope, faults),
      missedBefore: returned(context, prepared, scope, failures),
    });
  }
  return { value, errors: placeErrors(node, inner, values, gathered, page) };
}

/** An error inside a gathered object takes its field out of the sums; errors inside rows stay where they are. */
function brokenField(node: GatherNode, path: readonly (string | number)[]): string | null {
  const [first] = path;
  return (node.by === 'OBJECT' || node.by === 'GROUP') && typeof first === 'string' ? first : null;
}

function createPageScope(
  context: ShardingContext,
  prepared: PreparedField,
  scope: Scope,
  slot: Slot,
  parent: string | null,
): PageScope {
  const { page, field } = prepared;
  const node = field.node as ConnectionNode; // only MERGE fields have a page
  const missing = new Set([
    ...(page?.after?.missing ?? []),
    ...[...slot.failures.keys()].map((shard) => context.subgraph.shards[shard]?.name ?? ''),
  ]);
  return {
    first: page?.first ?? 0,
    hasAfter: Boolean(page?.after),
    after: page?.after ?? null,
    isIncomplete: slot.failures.size > 0 || scope.none.length > 0,
    holds: (shard, agency) => context.subgraph.shards[shard]?.agencies.has(agency) ?? false,
    seal: (position) =>
      context.cursors.seal({
        position,
        coordinate: field.coordinate,
        parent,
        argumentsHash: page?.argumentsHash ?? '',
        now: prepared.now,
        missing: [...missing],
      }),
    learn: (code, shard) => {
      const name = context.subgraph.shards[shard]?.name;
      if (node.indexedType !== null && name !== undefined)
        context.index.learn(context.graph.name, node.indexedType, [{ key: code, shard: name }]);
    },
  };
}

/** MEAN reads its siblings' object (readAsked); every other rule one value. */
function asObject(node: GatherNode, value: unknown): JsonObject {
  return node.by === 'MEAN' && isRecord(value) ? value : { [node.responseName]: value };
}

function inRegistryOrder(slot: Slot): readonly ShardValue[] {
  return [...slot.values].map(([shard, value]) => ({ shard, value })).sort((a, b) => a.shard - b.shard);
}

function allFailures(
  slot: Slot,
  faults: ReadonlyMap<number, { code: ShardErrorCode }>,
): ReadonlyMap<number, ShardFailure> {
  const all = new Map(slot.failures);
  for (const [shard, { code }] of faults) if (!all.has(shard)) all.set(shard, { code, tookMs: null });
  return all;
}

const STRICTNESS: Readonly<Record<Completeness, number>> = { ANY: 0, QUORUM: 1, ALL: 2 };

function strictest(a: Completeness, b: Completeness): Completeness {
  return STRICTNESS[a] >= STRICTNESS[b] ? a : b;
}

/** ANY is satisfied by one shard, or by a part of one; nothing to ask is complete. */
function suffices(completeness: Completeness, answered: number, total: number, slot: Slot): boolean {
  switch (completeness) {
    case 'ANY':
      return total === 0 || answered > 0 || slot.hasValue;
    case 'QUORUM':
      return answered * 2 > total || total === 0;
    case 'ALL':
      return answered === total;
  }
}

/** The fields of a gathered object whose value lacks a system. */
function partialFields(
  node: GatherNode,
  slot: Slot,
  scope: Scope,
  faults: ReadonlyMap<number, { fields: ReadonlySet<string> }>,
): readonly string[] {
  if (node.by !== 'OBJECT') return [];
  const names = new Set([...faults.values()].flatMap(({ fields }) => [...fields]));
  const lacksWhole =
    slot.failures.size > 0 ||
    scope.none.length > 0 ||
    [...faults.values()].some(({ fields }) => fields.size === 0);
  return node.shape.fields
    .filter((field) => (field.by !== 'FIRST' && lacksWhole) || names.has(field.responseName))
    .map((field) => field.responseName);
}

/** Systems that an earlier page lacked and that have answered now. */
function returned(
  context: ShardingContext,
  prepared: PreparedField,
  scope: Scope,
  failures: ReadonlyMap<number, unknown>,
): readonly string[] {
  const before = new Set(prepared.page?.after?.missing ?? []);
  if (before.size === 0) return [];
  return scope.shards
    .filter((shard) => !failures.has(shard))
    .flatMap((shard) => {
      const name = context.subgraph.shards[shard]?.name;
      return name !== undefined && before.has(name) ? [name] : [];
    });
}

/** Errors inside rows move to where their row stands now; errors of rows that are not shown are dropped with them. */
function placeErrors(
  node: GatherNode,
  inner: readonly InnerError[],
  values: readonly ShardValue[],
  gathered: unknown,
  page: MergedPage | null,
): Settled['errors'] {
  if (inner.length === 0) return [];
  if (node.by === 'FIRST') {
    const winner = values.find(({ value }) => value === gathered)?.shard;
    return inner.filter(({ shard }) => shard === winner);
  }
  if (node.by !== 'MERGE' || !page) return inner.map((error) => ({ ...error, path: [] }));
  return inner.flatMap(({ shard, path, error }) => {
    const [list, index, ...rest] = path;
    const isRow = node.edges.some((edges) => edges.responseName === list && !edges.isHidden);
    const place = isRow ? page.rows.findIndex((row) => row.shard === shard && row.index === index) : -1;
    return place < 0 || list === undefined ? [] : [{ shard, error, path: [list, place, ...rest] }];
  });
}
