import { join } from 'node:path';
import type { Logger } from '../../schema/runtime/logger';
import { startSystemThread, type SystemThread } from '../system/system-thread';
import type { ProvinceTask } from './thread-task';
import { untilCopied } from './until-copied';

/** The place of one system in the province, whether it runs or not. */
export interface Seat {
  readonly task: ProvinceTask;
  /** The ports it had, so that its address stays true when it comes back, and that of its agency's own service. */
  port: number;
  servicePort: number;
  state:
    | { readonly phase: 'running'; readonly threads: readonly SystemThread[] }
    | { readonly phase: 'stopped' }
    | { readonly phase: 'crashed' };
}

export interface TakeOptions {
  readonly logger: Logger;
  /** Called once a service listens, before it is asked. */
  readonly writeServiceMapping: (system: string, url: string) => void;
}

export function createSeat(task: ProvinceTask): Seat {
  return { task, port: task.port, servicePort: 0, state: { phase: 'stopped' } };
}

/** Starts the system, and what it copies from; both are up, and the copy is up to date, once it has returned. */
export async function takeSeat(seat: Seat, options: TakeOptions): Promise<void> {
  const { task } = seat;
  const { logger } = options;
  await using stack = new AsyncDisposableStack();
  const service = await startService(seat, options, stack);
  const thread = stack.use(
    await startSystemThread(join(__dirname, threadFile(task)), { ...task, port: seat.port }),
  );
  seat.port = thread.port;
  if (task.kind === 'mapped') {
    const isCopied = await untilCopied(`http://${reachable(task.host)}:${thread.port}`);
    if (!isCopied) logger.warn(`The system ${task.name} is not copied yet; it goes on trying`);
  }
  const threads = service === null ? [thread] : [thread, service];
  seat.state = { phase: 'running', threads };
  stack.move();
  for (const one of threads) void one.ended.then((error) => crashed(seat, one, error, logger));
}

async function startService(
  seat: Seat,
  { writeServiceMapping }: TakeOptions,
  stack: AsyncDisposableStack,
): Promise<SystemThread | null> {
  const { task } = seat;
  if (task.kind !== 'mapped' || task.service === null) return null;
  const { service } = task;
  const thread = stack.use(
    await startSystemThread(join(__dirname, 'service-thread-main'), { ...service, port: seat.servicePort }),
  );
  seat.servicePort = thread.port;
  writeServiceMapping(task.name, `http://${service.host}:${thread.port}`);
  return thread;
}

/** One of two threads that fell takes the other down: what is left would answer from a copy that grows old. */
function crashed(seat: Seat, thread: SystemThread, error: Error | null, logger: Logger): void {
  if (error === null || seat.state.phase !== 'running' || !seat.state.threads.includes(thread)) return;
  const others = seat.state.threads.filter((other) => other !== thread);
  seat.state = { phase: 'crashed' };
  logger.error(`The system ${seat.task.name} crashed; the others live on`, { error });
  for (const other of others) void other[Symbol.asyncDispose]();
}

export async function leaveSeat(seat: Seat): Promise<void> {
  if (seat.state.phase !== 'running') return;
  const { threads } = seat.state;
  seat.state = { phase: 'stopped' };
  // What asks first, then what is asked.
  for (const thread of threads) await thread[Symbol.asyncDispose]();
}

function threadFile({ kind }: ProvinceTask): string {
  return kind === 'mapped' ? '../system/mapped-thread-main' : `${kind}-thread-main`;
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
