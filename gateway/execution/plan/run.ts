import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { JsonObject } from '../json-object';
import type { RequestContext } from '../request-context';
import type { FetchAnswer, FetchInput, PreparedFetch } from '../subgraph-fetcher';
import type { EntityBatch } from './entity-source';
import type { PlacedError } from './fetch-errors';

/** One execution of a plan: the data so far, and what went wrong. */
export class Run {
  readonly data: JsonObject = {};
  readonly errors: PlacedError[] = [];
  /** Objects that a failed call should have given fields to. */
  readonly failed = new Set<JsonObject>();
  /** Objects that a subgraph does not know. */
  readonly absent = new Set<JsonObject>();
  private waiting: EntityBatch[] = [];

  constructor(
    readonly variables: Readonly<Record<string, unknown>>,
    readonly context: RequestContext,
    private readonly sendBatches: (run: Run, batches: readonly EntityBatch[]) => void,
    private readonly onBroken: (error: unknown) => void,
  ) {}

  get hasGaps(): boolean {
    return this.failed.size > 0 || this.absent.size > 0;
  }

  /** Sends a request now; `onAnswer` or `onFailure` runs once, and then everything that has become ready is sent. */
  send(
    fetch: PreparedFetch,
    input: FetchInput,
    onAnswer: (answer: FetchAnswer) => void,
    onFailure: (error: GraphQLFormattedError) => void,
  ): void {
    fetch.send(input, this.context).then(
      (answer) => this.goOn(() => onAnswer(answer)),
      (error: unknown) => this.goOn(() => onFailure(toFormatted(error))),
    );
  }

  /** Entities that are ready now travel with all others that are ready at the same moment. */
  queue(batch: EntityBatch): void {
    this.waiting.push(batch);
  }

  /** Runs a piece of the plan; a fault of ours in it ends the request instead of leaving it hanging. */
  goOn(piece: () => void): void {
    try {
      piece();
      this.flush();
    } catch (error) {
      this.onBroken(error);
    }
  }

  private flush(): void {
    // A fetch that turns out to have nothing to ask lets the next step begin.
    while (this.waiting.length > 0) {
      const batches = this.waiting;
      this.waiting = [];
      this.sendBatches(this, batches);
    }
  }
}

function toFormatted(error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError) return error.toJSON();
  throw error;
}
