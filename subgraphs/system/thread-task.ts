import type { LogLevel } from '../../schema/runtime/logger';

/** What the thread of any system is told when it starts; plain data, as everything that passes between threads. */
export interface ThreadTask {
  readonly name: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** ISO UTC, whole seconds: the clock of a caller that sends none; null: the machine's. */
  readonly now: string | null;
  /** Absent: `info`. */
  readonly logLevel?: LogLevel;
  readonly holdings: Readonly<Record<string, readonly string[]>>;
}

/** What a thread tells its parent once its port is open and it can answer. */
export interface ThreadReady {
  readonly type: 'ready';
  readonly port: number;
}

/** The one thing a parent tells a thread. */
export const STOP_MESSAGE = 'stop';
