import { readSubgraphNotes, type SubgraphNotes } from '../../../schema/subgraph-notes';
import type { SubgraphAnswer } from '../../transport/call-subgraph';
import type { StaleShard } from './shard-report';

/** Hears what a system says of its state with each of its answers; null when it says that all is well, as on a normal day. */
export type NotesListener = (shard: number, notes: SubgraphNotes | null) => void;

/** What the shards of one subgraph said, during one fetch, of the state that they answer from. */
export class ShardNotes {
  /** Null on a normal day: then nothing else here needs to be asked. */
  private byShard: Map<number, SubgraphNotes> | null = null;

  constructor(private readonly listener: NotesListener) {}

  get isAny(): boolean {
    return this.byShard !== null;
  }

  hear(shard: number, { extensions }: SubgraphAnswer): void {
    const notes = extensions === undefined ? null : readSubgraphNotes(extensions);
    if (notes !== null) (this.byShard ??= new Map()).set(shard, notes);
    this.listener(shard, notes);
  }

  has(shard: number): boolean {
    return this.byShard?.has(shard) === true;
  }

  /** One for each problem. The messages stay here: they are for the log. */
  tell(shard: number, name: string, agencies: readonly string[]): readonly StaleShard[] {
    const { asOf = null, problems = [] } = this.byShard?.get(shard) ?? {};
    return problems.map(({ code, since }) => ({ shard: name, agencies, asOf, code, since }));
  }
}
