import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { parseAgencyDirectory } from '../../../schema/agency-directory';
import { readYamlConfig } from '../../../schema/runtime/read-yaml-config';
import type { Logger } from '../../../schema/runtime/logger';
import { watchForChange } from '../../watch-file';
import { createRegistry, registryFileSchema, type Registry } from './registry';

/** The registry in force. Swapped whole when its file changes and is right; a wrong file changes nothing and is logged. */
export interface RegistrySource extends Disposable {
  /** Null until the file has been read once. */
  current(): Registry | null;
}

export interface RegistryFileOptions {
  readonly file: string;
  readonly watchIntervalMs: number;
  readonly logger: Logger;
}

/** Opens the registry file and watches it. A file that is not there yet is waited for: the systems' host may still be starting. */
export function openRegistryFile({ file, watchIntervalMs, logger }: RegistryFileOptions): RegistrySource {
  let registry: Registry | null = null;
  const adopt = (): void => {
    try {
      const next = readRegistryFile(file);
      if (next.version === registry?.version) return;
      registry = next;
      logger.info('Adopted the registry of systems', {
        file,
        version: next.version,
        systems: next.systems.length,
      });
    } catch (error) {
      if (isAbsent(error)) return;
      logger.error(
        registry
          ? 'Kept the old registry of systems: the changed file is wrong'
          : 'The registry of systems cannot be used',
        {
          file,
          error: error instanceof Error ? error.message : String(error),
        },
      );
    }
  };
  const watch = watchForChange(file, watchIntervalMs, adopt);
  const waiting = waitForFile(file, adopt, logger);
  return {
    current: () => registry,
    [Symbol.dispose]: () => {
      watch[Symbol.dispose]();
      waiting[Symbol.dispose]();
    },
  };
}

const WAITING_MS = 40;

/** Reads the file now, or as soon as it is there: a start must not wait for the next look of an unhurried watch. */
function waitForFile(file: string, read: () => void, logger: Logger): Disposable {
  if (existsSync(file)) {
    read();
    return { [Symbol.dispose]: () => undefined };
  }
  logger.info('The registry of systems is not there yet: waiting for it', { file });
  const timer = setInterval(() => {
    if (!existsSync(file)) return;
    clearInterval(timer);
    read();
  }, WAITING_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** @throws ConfigError or RegistryError that names every mistake by its path in the file. */
export function readRegistryFile(file: string): Registry {
  const text = readFileSync(file);
  const content = readYamlConfig(file, registryFileSchema);
  const directoryFile = resolve(dirname(file), content.directory);
  const directoryText = readFileSync(directoryFile, 'utf8');
  const version = createHash('sha256').update(text).update(directoryText).digest('hex').slice(0, 12);
  return createRegistry(content, parseAgencyDirectory(JSON.parse(directoryText)), version);
}

function isAbsent(error: unknown): boolean {
  // Not instanceof: an error of another realm is none of ours.
  return isNativeError(error) && 'code' in error && error.code === 'ENOENT';
}
