import type { GraphQLFormattedError } from 'graphql';
import { clientErrorsOf, placedError } from './client-errors';
import type { FetchProgram, RootField } from '../compile/fetch-program';
import { learnOutcome, lookupItem, scopeOfLookup, type LookupItem } from './lookup-round';
import { MissingCollector } from '../gather/missing-collector';
import { prepareField, requireCursorOf, type PreparedField } from './prepare-field';
import { scopeOfAgencies, scopeOfAll, type Scope } from '../registry/route';
import { settleField } from './settle';
import type { ShardingContext } from './sharding-context';
import { Slot } from './slot';

/** One root field under way. */
export interface RootTask {
  readonly field: RootField;
  readonly prepared: PreparedField;
  readonly slot: Slot;
  /** Null when the arguments name the shards at once; else the key that leads to one. */
  readonly item: LookupItem | null;
  /** The shards that the arguments name; empty for a key on its way. */
  readonly scope: Scope;
}

/** @throws BadInputError that names the client's mistake. */
export function createRootTask(
  context: ShardingContext,
  field: RootField,
  variables: Readonly<Record<string, unknown>>,
): RootTask {
  const prepared = prepareField(field, variables, context);
  requireCursorOf(prepared, null);
  const slot = new Slot();
  if (field.lookup) {
    const item = lookupItem(String(prepared.values[field.lookup.argument]));
    return { field, prepared, slot, item, scope: { shards: [], agencies: null, none: [] } };
  }
  const scope =
    prepared.agencies === null
      ? scopeOfAll(context.subgraph)
      : scopeOfAgencies(context.subgraph, prepared.agencies);
  return { field, prepared, slot, item: null, scope };
}

export interface RootAnswer {
  readonly value: unknown;
  readonly errors: readonly GraphQLFormattedError[];
}

/** What came of a root field when every round is over. */
export function settleRootTask(
  context: ShardingContext,
  program: FetchProgram,
  { field, prepared, slot, item, scope }: RootTask,
  path: readonly string[],
): RootAnswer {
  const name = field.responseName;
  const isMutation = program.operation === 'mutation';
  if (item && field.lookup && !isMutation) learnOutcome(context, field.lookup, [{ item, slot }]);
  if (slot.clientErrors.length > 0) return { value: null, errors: clientErrorsOf(slot, [name]) };
  const collector = new MissingCollector(context, [...path, name]);
  const settled = settleField(context, {
    prepared,
    slot,
    scope: item ? scopeOfLookup(context, item, slot.hasValue || isMutation) : scope,
    parent: null,
    collector,
    errorPath: [name],
  });
  const rowErrors = settled.errors.map(({ path: below, error, shard }) =>
    placedError(context, error, [name, ...below], shard),
  );
  return { value: settled.value, errors: [...collector.finish(context.report), ...rowErrors] };
}
