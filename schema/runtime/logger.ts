import { isNativeError } from 'node:util/types';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Takes one whole line, with its line end. */
  readonly write: (line: string) => void;
  /** `json` for machines (the default), `plain` for a terminal: `process.stderr.isTTY ? 'plain' : 'json'`. */
  readonly format?: 'json' | 'plain';
  readonly clock?: () => Date;
}

type Severity = Exclude<LogLevel, 'silent'>;

const RANKS: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

/** One line an event, never more: line ends inside a message or field are escaped. An Error in a field keeps code, stack and causes. */
export function createLogger({
  level,
  write,
  format = 'json',
  clock = () => new Date(),
}: LoggerOptions): Logger {
  const toLine = format === 'json' ? jsonLine : plainLine;
  const log =
    (severity: Severity) =>
    (message: string, fields: LogFields = {}) => {
      if (RANKS[severity] >= RANKS[level]) write(toLine(clock(), severity, message, fields));
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function jsonLine(at: Date, severity: Severity, message: string, fields: LogFields): string {
  // The event's own keys come last, so that a field cannot forge them.
  return `${toJson({ ...fields, time: at.toISOString(), level: severity, message })}\n`;
}

function plainLine(at: Date, severity: Severity, message: string, fields: LogFields): string {
  const time = at.toTimeString().slice(0, 8);
  const mark = severity === 'info' ? '' : `${severity.toUpperCase()} `;
  const details = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${plainValue(value)}`);
  return `${time} ${mark}${onOneLine(message)}${details.join('')}\n`;
}

function onOneLine(message: string): string {
  return message.replace(/\s*[\r\n]+\s*/g, ' ⏎ ').replace(/\p{Cc}/gu, '');
}

function plainValue(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=\p{Cc}]+$/u.test(value)) return value;
  if (isNativeError(value)) return toJson(value.message);
  return toJson(value);
}

function toJson(value: unknown): string {
  // The objects around the item at hand: as JSON.stringify walks them, and as they were given.
  const around: { readonly walked: unknown; readonly given: unknown }[] = [];
  // A logger must not be the one that throws: circles and bigints are written as text.
  return JSON.stringify(value, function replace(this: unknown, _key, item: unknown): unknown {
    if (typeof item === 'bigint') return String(item);
    if (typeof item !== 'object' || item === null) return item;
    while (around.length > 0 && around.at(-1)?.walked !== this) around.pop();
    if (around.some(({ given }) => given === item)) return '[circular]';
    const walked = isNativeError(item) ? errorFields(item) : item;
    around.push({ walked, given: item });
    return walked;
  });
}

function errorFields(error: Error): LogFields {
  const { name, message, stack, cause } = error;
  const extras = {
    ...('code' in error ? { code: error.code } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...('errors' in error ? { errors: error.errors } : {}),
  };
  return { name, message, ...extras, stack };
}
