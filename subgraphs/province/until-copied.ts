import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const health = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ asOf: z.string().nullable(), problems: z.array(z.unknown()) }).nullable(),
  ),
});

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/**
 * Waits until a system has whole copies that are up to date, by what it says of its health. False when it is in trouble for a minute: it
 * is then served as it is, and says so with each answer.
 */
export async function untilCopied(url: string, patienceMs = PATIENCE_MS): Promise<boolean> {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    if (await isCopied(url)) return true;
    await pause(POLL_MS);
  }
  return false;
}

async function isCopied(url: string): Promise<boolean> {
  const response = await fetch(`${url}/healthz`).catch(() => null);
  if (response?.ok !== true) return false;
  const { subgraphs } = health.parse(await response.json());
  return Object.values(subgraphs).every(
    (copy) => copy !== null && copy.asOf !== null && copy.problems.length === 0,
  );
}
