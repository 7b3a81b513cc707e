import type { Logger } from '../../schema/runtime/logger';
import type { SubgraphNotes } from '../../schema/subgraph-notes';

/** Replicas of different states take turns in answering: no more than one line of a system in this time. */
const QUIET_MS = 10_000;

interface Told {
  readonly problems: string;
  readonly at: number;
}

export type NotesLog = (shard: string, notes: SubgraphNotes | null) => void;

/** Says in the log when a system begins to answer from a state that is not as it should be, when that changes, and when it ends. */
export function createNotesLog(subgraph: string, logger: Logger): NotesLog {
  const told = new Map<string, Told>();
  return (shard, notes) => {
    if (notes === null && told.size === 0) return;
    const before = told.get(shard);
    const problems = JSON.stringify(notes?.problems.map(({ code, since }) => [code, since]) ?? []);
    const at = performance.now();
    if (before === undefined ? notes === null : before.problems === problems || at - before.at < QUIET_MS)
      return;
    if (notes === null) {
      told.delete(shard);
      logger.info('A system is up to date again', { subgraph, shard });
    } else {
      told.set(shard, { problems, at });
      logger.warn('A system answers from an older state', { subgraph, shard, ...notes });
    }
  };
}
