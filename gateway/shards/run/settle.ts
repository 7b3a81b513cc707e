import type { GraphQLFormattedError } from 'graphql';
import { nullIncompleteFields, strictest, suffices } from '../gather/completeness';
import { FieldFaults } from './field-faults';
import type { GatherNode } from '../compile/gather-node';
import type { MergedPage, ShardValue } from '../gather/gather-notes';
import { gatherField } from '../gather/gather-values';
import { isJsonObject, type JsonObject } from '../../execution/json-object';
import type { MissingCollector } from '../gather/missing-collector';
import { createPageScope } from './create-page-scope';
import { firstWithValue } from './lookup-round';
import type { PreparedField } from './prepare-field';
import { requireCursorOf } from './prepare-field';
import { agenciesInScope, type Scope } from '../registry/route';
import type { ShardingContext } from './sharding-context';
import { failureOf, type InnerError, type Slot } from './slot';
import { placeOfError, placeRowErrors } from './value-errors';

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
export function settleField(context: ShardingContext, settling: Settling): Settled {
  const { prepared, slot, parent } = settling;
  requireCursorOf(prepared, parent);
  const { node } = prepared.field;
  const faults = new FieldFaults(slot);
  const rowErrors = takeBrokenFields(node, slot, faults);
  const values = inRegistryOrder(slot);
  const { gathered, page } = gather(context, settling, values, faults);
  const value = enoughOf(context, settling, gathered, faults);
  const isFound = node.by === 'FIRST' && value !== null;
  if (isFound) countFound(context, settling);
  else reportMissing(context, settling, value, faults);
  const errors = value === null ? [] : placeRowErrors(node, rowErrors, { values, value, page });
  return { value, errors };
}

/** Found is complete; of systems that are not as they should be only the one that gave it matters. */
function countFound({ notes, subgraph }: ShardingContext, { collector, slot, scope }: Settling): void {
  collector.countAnswered([...slot.values.keys()]);
  const shard = notes.isAny ? firstWithValue(slot) : undefined;
  if (shard !== undefined) collector.addStale(shard, agenciesInScope(subgraph, scope, shard));
}

/** Notes the fields that an error breaks; gives back the errors that belong to rows. */
function takeBrokenFields(node: GatherNode, slot: Slot, faults: FieldFaults): readonly InnerError[] {
  return slot.innerErrors.filter(({ shard, path, error }) => {
    const place = placeOfError(node, path);
    if (place === 'row') return true;
    faults.addFailure(shard, failureOf([error], 'SHARD_UNAVAILABLE'), place.breaks);
    return false;
  });
}

function inRegistryOrder(slot: Slot): readonly ShardValue[] {
  return [...slot.values].map(([shard, value]) => ({ shard, value })).sort((a, b) => a.shard - b.shard);
}

function gather(
  context: ShardingContext,
  settling: Settling,
  values: readonly ShardValue[],
  faults: FieldFaults,
): { readonly gathered: unknown; readonly page: MergedPage | null } {
  const { node } = settling.prepared.field;
  let page: MergedPage | null = null;
  const gathered = gatherField(
    node,
    values.map(({ shard, value }) => ({ shard, value: asObject(node, value) })),
    {
      fault: (shard, code, field) => faults.add(shard, code, field),
      page: (merged) => void (page = merged),
      scope: createPageScope(context, settling),
    },
  );
  return { gathered, page };
}

/** MEAN reads its siblings' object (readAsked); every other rule one value. */
function asObject(node: GatherNode, value: unknown): JsonObject {
  return node.by === 'MEAN' && isJsonObject(value) ? value : { [node.responseName]: value };
}

/** The value, or as much of it as the completeness that is demanded leaves; null when too few systems answered. */
function enoughOf(
  context: ShardingContext,
  { prepared, scope, slot }: Settling,
  gathered: unknown,
  faults: FieldFaults,
): unknown {
  const { node } = prepared.field;
  if (node.by === 'FIRST' && gathered !== null) return gathered;
  const total = totalOf(scope);
  const demanded = strictest(node.completeness, context.completeness);
  // A part of one system's value is an answer too.
  const isAny = demanded === 'ANY' && slot.hasValue;
  if (!isAny && !suffices(demanded, scope.shards.length - faults.failures().size, total)) return null;
  nullIncompleteFields(node, gathered, (field, completeness) => {
    const answered = scope.shards.length - faults.lacking(field).size;
    return completeness === 'ANY' || suffices(completeness, answered, total);
  });
  return gathered;
}

/** Agencies that nobody holds count as one system that is missing. */
function totalOf(scope: Scope): number {
  return scope.shards.length + (scope.none.length > 0 ? 1 : 0);
}

function reportMissing(
  context: ShardingContext,
  { prepared, scope, collector, errorPath }: Settling,
  value: unknown,
  faults: FieldFaults,
): void {
  const { node } = prepared.field;
  const failures = faults.failures();
  collector.add({
    path: errorPath,
    shards: scope.shards,
    none: scope.none,
    failures,
    duplicates: faults.duplicates,
    agenciesOf: (shard) => agenciesInScope(context.subgraph, scope, shard),
    // Of a value that is null nothing is partial.
    isCounted: value !== null && node.by === 'MERGE' && node.totalCounts.length > 0,
    partial: value === null ? [] : partialFields(node, scope, faults),
    missedBefore: returned(context, prepared, scope, failures),
  });
}

/** The fields of a gathered object whose value lacks a system; FIRST lacks one only where its own value is broken. */
function partialFields(node: GatherNode, scope: Scope, faults: FieldFaults): readonly string[] {
  if (node.by !== 'OBJECT' && node.by !== 'GROUP' && node.by !== 'MERGE') return [];
  const lackedByAll = faults.lacking(null).size;
  return node.shape.fields
    .filter(({ by, responseName }) => {
      const lacksWhole = by !== 'FIRST' && (scope.none.length > 0 || lackedByAll > 0);
      return lacksWhole || faults.lacking(responseName).size > lackedByAll;
    })
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
  return scope.shards
    .filter((shard) => !failures.has(shard))
    .flatMap((shard) => context.subgraph.shards[shard]?.name ?? [])
    .filter((name) => before.has(name));
}
