import { z } from 'zod';
import type { Logger } from '../../../schema/runtime/logger';
import { getJson } from '../../transport/get-json';
import type { RegisteredSystem } from './registry';

/** What a running system says of itself at `GET /holdings`: per subgraph, the canonical codes of the agencies it holds. */
export const declaredHoldings = z.object({
  system: z.string(),
  subgraphs: z.record(z.string(), z.array(z.string())),
});

export type DeclaredHoldings = z.infer<typeof declaredHoldings>;

/**
 * Checks what a system declares against the registry file, one sentence a difference. The file stays the only source: a
 * declaration never routes anything.
 */
export function compareHoldings(registered: RegisteredSystem, declared: DeclaredHoldings): readonly string[] {
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

const TIMEOUT_MS = 2_000;

/** Asks a system that has begun to answer what it holds, and says in the log where that differs from the registry. Never throws. */
export async function checkHoldings(system: RegisteredSystem, logger: Logger): Promise<void> {
  const url = system.subgraphs[0]?.urls[0];
  if (url === undefined) return;
  try {
    const document = await getJson(new URL('/holdings', url).href, TIMEOUT_MS);
    // A system that is not ours need not declare anything.
    if (document === null) return;
    for (const difference of compareHoldings(system, declaredHoldings.parse(document)))
      logger.warn('A system and the registry disagree', { difference });
  } catch (error) {
    logger.warn('What a system declares to hold could not be read', { system: system.name, error });
  }
}
