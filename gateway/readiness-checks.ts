import type { ReadinessCheck } from './http/readiness';
import type { RegistrySource, RegistryState } from './shards/registry/registry-file';
import type { SystemProbe } from './transport/system-probe';

export interface SupergraphInForce {
  readonly version: string;
  readonly since: string;
  /** The addresses that its subgraphs were composed with. */
  readonly urls: readonly (string | null)[];
}

/** What `/readyz` asks and tells. */
export function readinessChecks(
  supergraphInForce: () => SupergraphInForce | null,
  registry: RegistrySource | null,
  probe: SystemProbe | null,
): readonly ReadinessCheck[] {
  const supergraph: ReadinessCheck = {
    name: 'supergraph',
    // The edge only listens once a supergraph is adopted.
    missing: () => null,
    details: () => tellSupergraph(supergraphInForce()),
  };
  if (registry === null || probe === null) return [supergraph];
  const isRead = (): boolean => registry.current() !== null;
  return [
    supergraph,
    {
      name: 'registry',
      missing: () => (isRead() ? null : 'The registry of systems has not been read yet'),
      details: () => tellRegistry(registry.state()),
    },
    {
      name: 'systems',
      missing: () => (probe.state().answering > 0 ? null : 'No system answers'),
      details: () => probe.state(),
    },
  ];
}

/** What `lienthong onboard … --wait` looks for. */
function tellRegistry({ adopted, refused }: RegistryState): Readonly<Record<string, unknown>> {
  const draining = adopted?.registry.systems.filter(({ isDraining }) => isDraining) ?? [];
  return {
    version: adopted?.registry.version ?? null,
    since: adopted?.since ?? null,
    ...(draining.length > 0 && { draining: draining.map(({ name }) => name) }),
    ...(refused !== null && { refused }),
  };
}

function tellSupergraph(inForce: SupergraphInForce | null): Readonly<Record<string, unknown>> {
  return { version: inForce?.version ?? null, since: inForce?.since ?? null };
}
