import { compareHoldings, declaredHoldings } from '../../../schema/declared-holdings';
import type { Logger } from '../../../schema/runtime/logger';
import { getJson } from '../../transport/get-json';
import type { RegisteredSystem } from './registry';

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
