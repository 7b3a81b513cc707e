import type { CommandIo } from './command-io';
import type { ExitCode } from './exit-code';

/** One `lienthong onboard <name>`; its module exports it as `command`. */
export interface OnboardCommand {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What --help prints: how it is called, each option, an example. */
  readonly help: string;
  /**
   * `args` are those after the command's name, never --help. Throws a UsageError, ConfigError or SourceProblem for what a person can mend;
   * whoever calls prints it and knows the exit code.
   */
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>;
}
