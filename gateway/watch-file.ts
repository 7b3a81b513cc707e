import { type StatsListener, unwatchFile, watchFile } from 'node:fs';

/**
 * Tells when a file's content may have changed, appeared or gone. By looking at it, not by events: an editor, `mv` and a mounted
 * volume replace files in ways that events of the old file never see.
 */
export function watchForChange(file: string, intervalMs: number, onChange: () => void): Disposable {
  const listener: StatsListener = (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) onChange();
  };
  watchFile(file, { interval: intervalMs, persistent: false }, listener);
  return { [Symbol.dispose]: () => unwatchFile(file, listener) };
}
