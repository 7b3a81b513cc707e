import { Cancellation } from '../../schema/runtime/cancellation';
import type { OperationResult } from '../execution/operation-result';
import type { RequestContext } from '../execution/request-context';
import { timeLeftMs } from '../execution/time-left';
import type { PreparedOperation } from '../operation/prepared-operation';
import { WrittenResult } from './written-result';

/** What is executed for all who ask it at the same moment. */
export interface SharedOperation {
  /** Of what is in force when it is asked: nobody joins an execution under another supergraph. */
  readonly scope: object;
  readonly prepared: PreparedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Identical queries in flight run once. Whoever joins gets what it would have got alone: a waiter whose time is over leaves and is
 * answered as one without time, and a waiter who has time left when an execution with less runs out of it asks again.
 */
export class SharedExecutions {
  private readonly open = new Map<string, Execution>();

  /** The result of the execution of this key that is in flight; null when there is none to join. */
  join(key: string, scope: object, context: RequestContext): Promise<WrittenResult> | null {
    const execution = this.open.get(key);
    if (execution === undefined || execution.operation.scope !== scope) return null;
    return new Promise((resolve, reject) => execution.admit({ context, resolve, reject }));
  }

  run(key: string, operation: SharedOperation, context: RequestContext): Promise<WrittenResult> {
    const joined = this.join(key, operation.scope, context);
    if (joined !== null) return joined;
    return new Promise((resolve, reject) =>
      this.begin(key, operation, context, [{ context, resolve, reject }]),
    );
  }

  /** For a mutation: whoever asks from now on must not see what was read before. */
  endJoining(): void {
    this.open.clear();
  }

  private begin(
    key: string,
    operation: SharedOperation,
    leader: RequestContext,
    waiters: readonly Waiter[],
  ): void {
    const close = (): void => {
      if (this.open.get(key) === execution) this.open.delete(key);
    };
    const execution = new Execution(operation, leader.deadlineAt, close);
    this.open.set(key, execution);
    for (const waiter of waiters) execution.admit(waiter);
    const context = { ...leader, cancellation: execution.cancellation };
    operation.prepared.execute(operation.variables, context).then(
      (result) => {
        const [first, ...others] = execution.finish(result);
        if (first === undefined) return;
        const again = [first, ...others];
        // The one with most time leads, so that once is enough for all.
        const last = again.reduce((one, other) => (deadlineOf(other) > deadlineOf(one) ? other : one));
        this.begin(key, operation, last.context, again);
      },
      (error: unknown) => execution.fail(error),
    );
  }
}

interface Waiter {
  readonly context: RequestContext;
  readonly resolve: (result: WrittenResult) => void;
  readonly reject: (error: unknown) => void;
}

function deadlineOf({ context }: Waiter): number {
  return context.deadlineAt;
}

/** One run of an operation, and who waits for it. */
class Execution {
  /** Cancelled when the last waiter has left. */
  readonly cancellation = new Cancellation();
  /** With each, what stops its clock. */
  private readonly waiters = new Map<Waiter, NodeJS.Timeout | null>();
  private isShared = false;

  constructor(
    readonly operation: SharedOperation,
    private readonly deadlineAt: number,
    private readonly close: () => void,
  ) {}

  admit(waiter: Waiter): void {
    this.isShared ||= this.waiters.size > 0;
    const isShort = deadlineOf(waiter) < this.deadlineAt;
    this.waiters.set(waiter, isShort ? this.startClock(waiter) : null);
    waiter.context.cancellation.onCancel(() => this.leave(waiter));
  }

  /** Gives everyone the result but those who would have waited longer for what is late in it: they are given back. */
  finish(result: OperationResult): readonly Waiter[] {
    const isLate = hasTimeout(result);
    const written = new WrittenResult(result, this.isShared);
    const again: Waiter[] = [];
    for (const waiter of this.dismiss()) {
      const hasTime = deadlineOf(waiter) > this.deadlineAt && timeLeftMs(deadlineOf(waiter)) > 0;
      if (isLate && hasTime) again.push(waiter);
      else waiter.resolve(written);
    }
    return again;
  }

  fail(error: unknown): void {
    for (const waiter of this.dismiss()) waiter.reject(error);
  }

  private startClock(waiter: Waiter): NodeJS.Timeout {
    // Timers may be a moment early, and there must be no time left.
    const waitMs = Math.max(0, Math.ceil(timeLeftMs(deadlineOf(waiter))) + 1);
    return setTimeout(() => this.runOut(waiter), waitMs);
  }

  /** Executed with no time left, everything that would be asked of a system is late, at its place. */
  private runOut(waiter: Waiter): void {
    const { prepared, variables } = this.operation;
    this.leave(waiter);
    prepared
      .execute(variables, waiter.context)
      .then((result) => waiter.resolve(new WrittenResult(result, false)), waiter.reject);
  }

  private leave(waiter: Waiter): void {
    const clock = this.waiters.get(waiter);
    if (!this.waiters.delete(waiter)) return;
    if (clock) clearTimeout(clock);
    if (this.waiters.size > 0) return;
    this.close();
    this.cancellation.cancel();
  }

  private dismiss(): readonly Waiter[] {
    this.close();
    const waiters = [...this.waiters.keys()];
    for (const clock of this.waiters.values()) if (clock) clearTimeout(clock);
    this.waiters.clear();
    return waiters;
  }
}

function hasTimeout({ errors = [] }: OperationResult): boolean {
  return errors.some(({ extensions }) => {
    const code = extensions?.['code'];
    return code === 'SUBGRAPH_TIMEOUT' || code === 'SHARD_TIMEOUT';
  });
}
