import { z } from 'zod';

/** What a running system says of itself at `GET /holdings`: per subgraph, the canonical codes of the agencies it holds. */
export const declaredHoldings = z.object({
  system: z.string(),
  subgraphs: z.record(z.string(), z.array(z.string())),
});

export type DeclaredHoldings = z.infer<typeof declaredHoldings>;

/** A system as the registry has it. */
export interface RegisteredHoldings {
  readonly name: string;
  readonly subgraphs: readonly { readonly subgraph: string; readonly agencies: readonly string[] }[];
}

/**
 * Checks what a system declares against the registry file, one sentence a difference. The file stays the only source: a
 * declaration never routes anything.
 */
export function compareHoldings(
  registered: RegisteredHoldings,
  declared: DeclaredHoldings,
): readonly string[] {
  if (declared.system !== registered.name)
    return [`The address of "${registered.name}" is answered by the system "${declared.system}"`];
  return registered.subgraphs.flatMap(({ subgraph, agencies }) => {
    const own = declared.subgraphs[subgraph];
    if (own === undefined)
      return [`"${registered.name}" declares no subgraph "${subgraph}", the registry does`];
    const [file, system] = [new Set(agencies), new Set(own)];
    return [
      ...say(
        agencies.filter((code) => !system.has(code)),
        `the registry gives "${registered.name}" (${subgraph}), which it does not declare`,
      ),
      ...say(
        own.filter((code) => !file.has(code)),
        `"${registered.name}" (${subgraph}) declares, which the registry does not give it`,
      ),
    ];
  });
}

function say(codes: readonly string[], what: string): readonly string[] {
  return codes.length === 0 ? [] : [`Agencies that ${what}: ${codes.join(', ')}`];
}
