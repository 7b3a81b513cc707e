/** One thing that must be there before the gateway can answer. */
export interface ReadinessCheck {
  readonly name: string;
  /** Answers at once, from what is known: null when all is well, else what is missing. */
  readonly missing: () => string | null;
  readonly details?: () => Readonly<Record<string, unknown>>;
}

export interface Readiness {
  readonly status: 'ready' | 'not ready';
  readonly checks: Readonly<Record<string, unknown>>;
}

export function readReadiness(checks: readonly ReadinessCheck[]): Readiness {
  const results = checks.map(({ name, missing, details }) => {
    const problem = missing();
    return [
      name,
      { ok: problem === null, ...(problem !== null && { missing: problem }), ...details?.() },
    ] as const;
  });
  const isReady = results.every(([, { ok }]) => ok);
  return { status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(results) };
}
