import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isNativeError } from 'node:util/types';
import { z } from 'zod';
import { ConfigError } from '../../../schema/runtime/config-error';

/** A change takes milliseconds: who holds the lock for longer than this is gone. */
const STALE_MS = 30_000;
const WAIT_MS = 10_000;
const LOOK_MS = 20;

const holderSchema = z.object({ pid: z.int(), host: z.string(), at: z.iso.datetime(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface SystemsLock extends Disposable {
  /** False when another command has taken it over, because we seemed to be gone. */
  isHeld(): boolean;
}

/**
 * Makes one command after another change a file, on whatever machine that sees it. A lock that was left behind is taken over: at
 * once when its process is gone, else when it is older than any change takes.
 *
 * @throws ConfigError naming who holds it when it does not come free.
 */
export async function lockSystems(file: string, signal: AbortSignal): Promise<SystemsLock> {
  const lock = `${file}.lock`;
  const token = randomUUID();
  const giveUpAt = performance.now() + WAIT_MS;
  for (;;) {
    signal.throwIfAborted();
    if (tryLock(lock, token)) return heldLock(lock, token);
    const holder = readHolder(lock);
    if (holder !== null && isLeftBehind(holder)) takeAway(lock, holder);
    else if (performance.now() > giveUpAt) throw new ConfigError(file, [describe(lock, holder)]);
    else await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function heldLock(lock: string, token: string): SystemsLock {
  const isHeld = (): boolean => readHolder(lock)?.token === token;
  return {
    isHeld,
    [Symbol.dispose]: () => {
      if (isHeld()) rmSync(lock, { force: true });
    },
  };
}

function tryLock(lock: string, token: string): boolean {
  const holder: Holder = { pid: process.pid, host: hostname(), at: new Date().toISOString(), token };
  return createNew(lock, JSON.stringify(holder));
}

/** False when the file is there already. */
function createNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null when it is gone meanwhile. One that says nothing readable, or is being written, is as old as its file. */
function readHolder(lock: string): Holder | null {
  try {
    const holder = holderSchema.safeParse(parseJson(readFileSync(lock, 'utf8')));
    if (holder.success) return holder.data;
    return { pid: 0, host: '', at: statSync(lock).mtime.toISOString(), token: '' };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isLeftBehind({ pid, host, at }: Holder): boolean {
  if (Date.now() - Date.parse(at) > STALE_MS) return true;
  return host === hostname() && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, as somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/** Two may find it left behind at once, and one of them have locked anew: what was moved away wrongly is put back. */
function takeAway(lock: string, left: Holder): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
    if (readHolder(aside)?.token !== left.token) createNew(lock, readFileSync(aside, 'utf8'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function describe(lock: string, holder: Holder | null): string {
  const who =
    holder === null ? 'another command' : `process ${holder.pid} on ${holder.host} since ${holder.at}`;
  return `is being changed by ${who}. Try again; if nothing runs, remove ${lock}`;
}

function codeOf(error: unknown): unknown {
  return isNativeError(error) && 'code' in error ? error.code : undefined;
}
