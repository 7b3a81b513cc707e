import { existsSync, readFileSync, statSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { parseAgencyDirectory } from '../../../schema/agency-directory';
import { parseYamlConfig } from '../../../schema/runtime/read-yaml-config';
import type { Logger } from '../../../schema/runtime/logger';
import { directoryFileOf, systemsFileSchema, systemsFileVersion } from '../../../schema/systems-file';
import { watchForChange } from '../../watch-file';
import { reasonsToRefuse } from './reasons-to-refuse';
import { createRegistry, type Registry } from './registry';

/** The registry in force. Swapped whole when its file changes and is right; a wrong file changes nothing and is logged. */
export interface RegistrySource extends Disposable {
  /** Null until the file has been read once. */
  current(): Registry | null;
  state(): RegistryState;
}

/** What is in force since when, and what was refused after it. Instants are ISO UTC. */
export interface RegistryState {
  readonly adopted: { readonly registry: Registry; readonly since: string } | null;
  /** The file as it stands now, when it is wrong. */
  readonly refused: RefusedRegistry | null;
}

export interface RefusedRegistry {
  /** Null when not even that much of it could be read. */
  readonly version: string | null;
  readonly at: string;
  /** One sentence a mistake, without addresses and without places on this machine. */
  readonly reasons: readonly string[];
}

export interface RegistryFileOptions {
  readonly file: string;
  readonly watchIntervalMs: number;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Called with every registry that comes into force, at once. */
  readonly onAdopted?: (registry: Registry) => void;
}

/** Opens the registry file and watches it. A file that is not there yet is waited for: the systems' host may still be starting. */
export function openRegistryFile(options: RegistryFileOptions): RegistrySource {
  const { file, watchIntervalMs, logger } = options;
  let state: RegistryState = { adopted: null, refused: null };
  const adopt = (): void => {
    state = adoptFile(options, state, directory.follow);
  };
  const directory = followedFile(watchIntervalMs, adopt);
  const seen = lookAt(file);
  const watch = watchForChange(file, watchIntervalMs, adopt);
  const waiting = waitForFile(file, adopt, logger);
  // The watch takes its first look after we have read: what changed between the two it would never tell.
  const again = setTimeout(() => {
    if (lookAt(file) !== seen) adopt();
  }, watchIntervalMs).unref();
  return {
    current: () => state.adopted?.registry ?? null,
    state: () => state,
    [Symbol.dispose]: () => {
      clearTimeout(again);
      directory[Symbol.dispose]();
      watch[Symbol.dispose]();
      waiting[Symbol.dispose]();
    },
  };
}

/** What tells one state of a file from the next; null while it is not there. */
function lookAt(file: string): string | null {
  const { mtimeMs, size, ino } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return ino === undefined ? null : `${mtimeMs} ${size} ${ino}`;
}

/** Watches the list of agencies that the registry names, whichever that is now: routing follows it too. */
function followedFile(
  intervalMs: number,
  onChange: () => void,
): Disposable & { readonly follow: (file: string) => void } {
  let followed: { readonly file: string; readonly watch: Disposable } | null = null;
  return {
    follow: (file) => {
      if (followed?.file === file) return;
      followed?.watch[Symbol.dispose]();
      followed = { file, watch: watchForChange(file, intervalMs, onChange) };
    },
    [Symbol.dispose]: () => followed?.watch[Symbol.dispose](),
  };
}

function adoptFile(
  options: RegistryFileOptions,
  before: RegistryState,
  followDirectory: (file: string) => void,
): RegistryState {
  const { file, logger, clock, onAdopted } = options;
  const at = clock().toISOString();
  let version: string | null = null;
  try {
    // Read once each, so that what is checked is what is named and adopted.
    const text = readFileSync(file, 'utf8');
    const content = parseYamlConfig(file, text, systemsFileSchema);
    const directoryFile = directoryFileOf(file, content);
    followDirectory(directoryFile);
    const directoryText = readFileSync(directoryFile, 'utf8');
    version = systemsFileVersion(text, directoryText);
    if (version === before.adopted?.registry.version) return { ...before, refused: null };
    const registry = createRegistry(content, parseAgencyDirectory(JSON.parse(directoryText)), version);
    logger.info('Adopted the registry of systems', { file, version, systems: registry.systems.length });
    onAdopted?.(registry);
    return { adopted: { registry, since: at }, refused: null };
  } catch (error) {
    if (isAbsent(error, file)) return before;
    logger.error(
      before.adopted
        ? 'Kept the old registry of systems: the changed file is wrong'
        : 'The registry of systems cannot be used',
      { file, version, error: error instanceof Error ? error.message : String(error) },
    );
    return { ...before, refused: { version, at, reasons: reasonsToRefuse(error) } };
  }
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

function isAbsent(error: unknown, file: string): boolean {
  // Not instanceof: an error of another realm is none of ours.
  return (
    isNativeError(error) &&
    'code' in error &&
    error.code === 'ENOENT' &&
    'path' in error &&
    error.path === file
  );
}
