import { ConfigError } from '../../schema/runtime/config-error';
import { SourceProblem } from '../sources/source-problem';
import { COMMANDS, loadCommand } from './commands';
import type { CommandIo } from './terminal/command-io';
import { EXIT, EXIT_BUG, EXIT_STOPPED, type ExitCode } from './terminal/exit-code';
import { UsageError } from './terminal/usage-error';
import { writeJson } from './terminal/write-json';

/** The command line `lienthong onboard …`: what it answers, and the exit code. Never throws. */
export async function runOnboard(
  [name, ...args]: readonly string[],
  io: CommandIo,
): Promise<ExitCode | typeof EXIT_STOPPED | typeof EXIT_BUG> {
  try {
    if (name === undefined || isHelp(name)) {
      io.stdout.write(overview());
      return name === undefined ? EXIT.usage : EXIT.good;
    }
    return await runCommand(name, args, io);
  } catch (error) {
    if (io.signal.aborted) {
      io.stderr.write('Stopped.\n');
      return EXIT_STOPPED;
    }
    return tell(error, { name, isJson: args.includes('--json') }, io);
  }
}

function isHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h';
}

function overview(): string {
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}\n`);
  return `Brings an agency's system into the province, without code.

${lines.join('')}
lienthong onboard <command> --help tells more. Every command takes --json: one JSON document on stdout.
Exit codes: 0 good, 1 something was found, 2 wrong usage or configuration, 3 the system cannot be reached.
`;
}

async function runCommand(name: string, args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const entry = COMMANDS.find((candidate) => candidate.name === name);
  if (entry === undefined)
    throw new UsageError(
      `"${name}" is not known; there are ${COMMANDS.map((known) => known.name).join(', ')}`,
    );
  const command = loadCommand(entry);
  if (args.some(isHelp)) {
    io.stdout.write(command.help);
    return EXIT.good;
  }
  return command.run(args, io);
}

interface Called {
  readonly name: string | undefined;
  readonly isJson: boolean;
}

function tell(error: unknown, { name, isJson }: Called, io: CommandIo): ExitCode | typeof EXIT_BUG {
  const exitCode = exitCodeOf(error);
  const isBug = exitCode === EXIT_BUG;
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`${isBug && error instanceof Error ? (error.stack ?? message) : message}\n`);
  if (error instanceof UsageError)
    io.stderr.write(
      `See lienthong onboard ${COMMANDS.some((known) => known.name === name) ? `${name} ` : ''}--help.\n`,
    );
  if (isJson) writeJson(io, { error: { code: codeOf(error), message } });
  return exitCode;
}

function exitCodeOf(error: unknown): ExitCode | typeof EXIT_BUG {
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT.usage;
  return error instanceof SourceProblem ? EXIT.unreachable : EXIT_BUG;
}

function codeOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof ConfigError || error instanceof SourceProblem)
    return error.code;
  return 'INTERNAL_ERROR';
}
