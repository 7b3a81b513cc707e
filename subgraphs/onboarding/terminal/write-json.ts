import type { CommandIo } from './command-io';

/** The one document of --json. */
export function writeJson({ stdout }: CommandIo, document: unknown): void {
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
