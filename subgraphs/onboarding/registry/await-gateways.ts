import { z } from 'zod';
import { readAddress } from './addresses';

const LOOK_MS = 100;
const ANSWER_MS = 2_000;

const readyzSchema = z.object({
  checks: z.object({
    registry: z.object({
      version: z.string().nullish(),
      refused: z.object({ version: z.string().nullable(), reasons: z.array(z.string()) }).nullish(),
    }),
  }),
});

/** What became of a registry at one gateway. */
export interface GatewayOutcome {
  readonly gateway: string;
  readonly outcome: 'adopted' | 'refused' | 'late' | 'unreachable';
  /** What the gateway showed last. */
  readonly version: string | null;
  readonly reasons: readonly string[];
}

export interface AwaitingGateways {
  readonly gateways: readonly string[];
  /** What the file says now: a change by somebody else on top of ours holds ours too. */
  readonly wanted: () => string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Looks at each gateway's `/readyz` until it has adopted the registry, refused it, or the time is over. */
export function awaitGateways(awaiting: AwaitingGateways): Promise<readonly GatewayOutcome[]> {
  const giveUpAt = performance.now() + awaiting.timeoutMs;
  return Promise.all(awaiting.gateways.map((gateway) => awaitGateway(gateway, giveUpAt, awaiting)));
}

async function awaitGateway(
  gateway: string,
  giveUpAt: number,
  { wanted, signal }: AwaitingGateways,
): Promise<GatewayOutcome> {
  for (;;) {
    signal.throwIfAborted();
    const shown = await lookAt(gateway, signal);
    const version = shown?.version ?? null;
    const told = { gateway, version, reasons: [] };
    if (version === wanted()) return { ...told, outcome: 'adopted' };
    if (shown?.refused?.version === wanted())
      return { ...told, outcome: 'refused', reasons: shown.refused.reasons };
    if (performance.now() > giveUpAt) return { ...told, outcome: shown === null ? 'unreachable' : 'late' };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Not ready is an answer too; null when there is none. */
async function lookAt(
  gateway: string,
  signal: AbortSignal,
): Promise<z.infer<typeof readyzSchema>['checks']['registry'] | null> {
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(new URL('/readyz', readAddress(gateway)), { signal: either });
    return readyzSchema.parse(await response.json()).checks.registry;
  } catch {
    return null;
  }
}
