import type { Environment } from '../../../schema/runtime/environment';

/** A terminal, a file or a pipe; `isTTY` says which. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** All that a command may touch of the process. */
export interface CommandIo {
  /** Results: for people, or with --json one document and nothing else. */
  readonly stdout: OutputStream;
  /** Progress and mistakes. */
  readonly stderr: OutputStream;
  readonly env: Environment;
  /** Relative paths of arguments are relative to here. */
  readonly cwd: string;
  /** Aborted at Ctrl-C: stop, and leave nothing half written. */
  readonly signal: AbortSignal;
}
