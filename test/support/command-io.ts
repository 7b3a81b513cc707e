import { Writable } from 'node:stream';
import type { Environment } from '../../schema/runtime/environment';
import type { CommandIo, OutputStream } from '../../subgraphs/onboarding/terminal/command-io';

export interface RecordedIo extends CommandIo {
  /** All that was written so far. */
  readonly out: () => string;
  readonly err: () => string;
}

interface RecordedIoOptions {
  readonly env?: Environment;
  readonly cwd?: string;
  readonly isTerminal?: boolean;
  readonly signal?: AbortSignal;
}

/** A command's surroundings without a process: what it writes is kept. */
export function recordedIo(options: RecordedIoOptions = {}): RecordedIo {
  const { env = {}, cwd = process.cwd(), isTerminal = false } = options;
  const [stdout, out] = recordedStream(isTerminal);
  const [stderr, err] = recordedStream(isTerminal);
  return { stdout, stderr, out, err, env, cwd, signal: options.signal ?? new AbortController().signal };
}

function recordedStream(isTTY: boolean): [OutputStream, () => string] {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return [Object.assign(stream, { isTTY }), () => chunks.join('')];
}
