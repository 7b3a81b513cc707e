import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './usage-error';

interface ArgumentsShape<Options extends ParseArgsOptionsConfig> {
  readonly options: Options;
  /** Names of what stands without a dash, in order, all of them needed: `['FILE']`. */
  readonly positionals: readonly string[];
}

/**
 * The values of the options, and the positional arguments by place.
 * @throws UsageError for an unknown option, a missing value, and too few or too many arguments.
 */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { options, positionals: names }: ArgumentsShape<Options>,
) {
  const { values, positionals } = parse(args, options);
  const missing = names[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing`);
  const extra = positionals[names.length];
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`);
  return { values, positionals };
}

function parse<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
