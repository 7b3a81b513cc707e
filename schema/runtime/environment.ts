import { ConfigError } from './config-error';

/** The process's environment, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface WholeRange {
  readonly min?: number;
  readonly max?: number;
}

/**
 * Reads settings from an environment and remembers every mistake; `done()` throws them all as one ConfigError. A reading with a
 * mistake gives the default so that the reading can go on, so nothing read may be used before `done()`. An empty variable is
 * an absent one.
 */
export class EnvironmentReader {
  readonly #env: Environment;
  readonly #mistakes: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  /** A TCP port; 0 lets the system choose. */
  readPort(name: string, fallback: number): number {
    return this.readWhole(name, fallback, { min: 0, max: 65_535 });
  }

  readWhole(name: string, fallback: number, range: WholeRange = {}): number {
    const text = this.readOptionalText(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    this.#mistakes.push(`${name} must be a whole number${inWords(range)}, got "${text}"`);
    return fallback;
  }

  readText(name: string, fallback: string): string {
    return this.readOptionalText(name) ?? fallback;
  }

  readOptionalText(name: string): string | undefined {
    const text = this.#env[name]?.trim();
    return text === '' ? undefined : text;
  }

  readRequiredText(name: string): string {
    const text = this.readOptionalText(name);
    if (text === undefined) this.#mistakes.push(`${name} must be set`);
    return text ?? '';
  }

  readChoice<const T extends string>(name: string, choices: readonly T[], fallback: NoInfer<T>): T {
    const text = this.readOptionalText(name);
    if (text === undefined) return fallback;
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined)
      this.#mistakes.push(`${name} must be one of ${choices.join(', ')}, got "${text}"`);
    return choice ?? fallback;
  }

  /** `1`, `true`, `yes`, `on` and their opposites. */
  readFlag(name: string, fallback: boolean): boolean {
    const text = this.readOptionalText(name)?.toLowerCase();
    if (text === undefined) return fallback;
    if (['1', 'true', 'yes', 'on'].includes(text)) return true;
    if (['0', 'false', 'no', 'off'].includes(text)) return false;
    this.#mistakes.push(`${name} must be true or false, got "${text}"`);
    return fallback;
  }

  /** Adds a mistake found by the caller, such as two settings that exclude each other. */
  refuse(mistake: string): void {
    this.#mistakes.push(mistake);
  }

  done(): void {
    if (this.#mistakes.length > 0) throw new ConfigError('The environment', this.#mistakes);
  }
}

function inWords({ min, max }: WholeRange): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? '' : `, at most ${max}`;
}
