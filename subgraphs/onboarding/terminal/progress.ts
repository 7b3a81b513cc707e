import { Presets, SingleBar } from 'cli-progress';
import type { CommandIo } from './command-io';

export interface Progress extends Disposable {
  /** How much is done; a total may become known later. */
  update(done: number, total?: number): void;
  /** What is being done now, behind the bar. */
  say(what: string): void;
}

const NONE: Progress = { update: () => undefined, say: () => undefined, [Symbol.dispose]: () => undefined };

/** A bar on stderr while it is a terminal, nothing elsewhere: logs and pipes stay clean. Disposing of it removes it. */
export function startProgress(io: CommandIo, title: string, total: number): Progress {
  if (io.stderr.isTTY !== true) return NONE;
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage} %  {what}`,
      stream: io.stderr,
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl-C is the command's to answer.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { what: '' });
  return {
    update(done, newTotal) {
      if (newTotal !== undefined) bar.setTotal(newTotal);
      bar.update(done);
    },
    say: (what) => bar.update({ what }),
    [Symbol.dispose]: () => bar.stop(),
  };
}
