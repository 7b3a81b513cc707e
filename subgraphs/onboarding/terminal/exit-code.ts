/** How a command ends, for scripts. These numbers are API. */
export const EXIT = {
  good: 0,
  /** The command did its work, and what it looked at is not as it should be. */
  findings: 1,
  /** Wrong arguments, or a file that does not say what it must. */
  usage: 2,
  /** The system cannot be reached or read. */
  unreachable: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ctrl-C, as shells tell it. */
export const EXIT_STOPPED = 130;

/** What sysexits.h calls an internal error: a bug of ours is none of the four. */
export const EXIT_BUG = 70;
