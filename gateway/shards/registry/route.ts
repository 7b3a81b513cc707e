import { parseDossierCode } from '../../../schema/dossier-code';
import type { AgencyDirectory } from '../../../schema/agency-directory';
import type { ShardedSubgraph } from './registry';

/** The shards that one value concerns, and what is known to be missing before any is asked. */
export interface Scope {
  /** Places in the registry order, ascending. */
  readonly shards: readonly number[];
  /** Agencies in question; null means all that each shard holds. */
  readonly agencies: readonly string[] | null;
  /** Expected agencies in question that no system holds. */
  readonly none: readonly string[];
}

/** Everything: every shard, and every expected agency that nobody holds. */
export function scopeOfAll(subgraph: ShardedSubgraph): Scope {
  return {
    shards: subgraph.shards.map((_, place) => place),
    agencies: null,
    none: [...subgraph.expected].filter((agency) => subgraph.holders(agency).length === 0),
  };
}

/** Every system that holds one of the agencies. An agency that nobody holds is missing only when it is expected to have rows. */
export function scopeOfAgencies(subgraph: ShardedSubgraph, agencies: readonly string[]): Scope {
  const shards = new Set(agencies.flatMap((agency) => subgraph.holders(agency)));
  return {
    shards: [...shards].sort((a, b) => a - b),
    agencies,
    none: agencies.filter((agency) => subgraph.expected.has(agency) && subgraph.holders(agency).length === 0),
  };
}

/** The codes of a scope that one shard holds: all it is ever asked about. */
export function agenciesInScope(subgraph: ShardedSubgraph, scope: Scope, shard: number): readonly string[] {
  const held = subgraph.shards[shard]?.agencies ?? new Set<string>();
  return scope.agencies === null ? [...held] : scope.agencies.filter((agency) => held.has(agency));
}

/**
 * Where to ask first for a code that starts with an agency's code: the systems of the agency that issued it and of those that
 * took its functions over by `date`. A hint: who holds the row now is not in the code (domain reference, 3).
 */
export function shardsByPrefix(
  subgraph: ShardedSubgraph,
  directory: AgencyDirectory,
  code: string,
  date: string,
): readonly number[] {
  const issuer = parseDossierCode(code, directory)?.agency;
  if (!issuer) return [];
  const agencies = [issuer.code, ...directory.successorsAt(issuer.code, date).map((agency) => agency.code)];
  return scopeOfAgencies(subgraph, agencies).shards;
}

/** The part of a scope that a field concerns whose arguments name agencies; null narrows nothing. */
export function narrowScope(
  subgraph: ShardedSubgraph,
  scope: Scope,
  agencies: readonly string[] | null,
): Scope {
  if (agencies === null) return scope;
  const named = new Set(agencies);
  return {
    shards: scope.shards.filter((shard) =>
      agencies.some((agency) => subgraph.shards[shard]?.agencies.has(agency)),
    ),
    agencies: scope.agencies === null ? agencies : scope.agencies.filter((agency) => named.has(agency)),
    none: scope.none.filter((agency) => named.has(agency)),
  };
}
