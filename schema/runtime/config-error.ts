import { CodedError } from './coded-error';

/** Start-up refused: everything wrong with one source of configuration, at once. */
export class ConfigError extends CodedError {
  constructor(
    /** What was read: a file, or "the environment". */
    readonly source: string,
    readonly mistakes: readonly string[],
  ) {
    super(
      `${source} is not usable:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`,
      'CONFIG_ERROR',
    );
  }
}
