import { MissingSecretError } from '../mapping/secret';
import { SourceProblem, type SourceProblemCode } from '../source-problem';
import { ColumnValueError } from './column-time';
import { MissingDriverError } from './drivers/open-mssql';

const BROKEN_OFF = ['57P01', 'ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST'];

/** A connection that was good once ended before the answer. */
export function isBrokenOff(error: unknown): boolean {
  return (
    driverCodes(error).some((code) => BROKEN_OFF.includes(code)) ||
    /connection terminated unexpectedly|not queryable|closed state/i.test(messageOf(error))
  );
}

interface Reading {
  readonly code: SourceProblemCode;
  /** The table or column that is missing, the database's own word for what is wrong. */
  readonly about?: string | undefined;
  readonly sentence: (place: string) => string;
}

/** What a driver throws, as a problem of the system: what is wrong, where, and the way out. Never a secret. */
export function toSourceProblem(error: unknown, place: string): SourceProblem {
  if (error instanceof SourceProblem) return error;
  const { code, about, sentence } = read(error);
  return new SourceProblem(code, sentence(place), about ?? place, error);
}

function read(error: unknown): Reading {
  const message = messageOf(error);
  if (error instanceof MissingSecretError || error instanceof MissingDriverError) {
    return { code: 'SOURCE_REFUSED', sentence: (place) => `The ${place} cannot be opened: ${message}` };
  }
  if (error instanceof ColumnValueError) {
    return {
      code: 'SOURCE_BAD_ANSWER',
      about: error.column,
      sentence: (place) => `${message}, in the ${place}; correct the mapping's format of it, or the row`,
    };
  }
  const code = codeOf(error, message);
  return { code, about: missingName(code, message), sentence: SENTENCES[code](message, hintOf(error)) };
}

/** What databases and drivers call it: SQLSTATE of PostgreSQL, names of MySQL, numbers of SQL Server, codes of Node. */
const CODES: ReadonlyMap<string, SourceProblemCode> = new Map([
  ...entries('SOURCE_REFUSED', ['28P01', '28000', '42501', '3D000', '18456', '4060', '229', '230', 'ELOGIN']),
  ...entries('SOURCE_REFUSED', ['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR']),
  ...entries('SOURCE_REFUSED', ['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR']),
  ...entries('SOURCE_REFUSED', ['ER_ACCESS_DENIED_NO_PASSWORD_ERROR', 'ER_HOST_NOT_PRIVILEGED']),
  ...entries('SOURCE_REFUSED', ['HANDSHAKE_NO_SSL_SUPPORT', 'HANDSHAKE_SSL_ERROR', 'CERT_HAS_EXPIRED']),
  ...entries('SOURCE_REFUSED', ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN']),
  ...entries('SOURCE_REFUSED', ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID']),
  ...entries('SOURCE_TIMEOUT', ['57014', 'ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ER_QUERY_INTERRUPTED']),
  ...entries('SOURCE_TIMEOUT', ['PROTOCOL_SEQUENCE_TIMEOUT', 'ETIMEOUT', 'ER_LOCK_WAIT_TIMEOUT', '55P03']),
  ...entries('SOURCE_NO_TABLE', ['42P01', '3F000', 'ER_NO_SUCH_TABLE', '208']),
  ...entries('SOURCE_NO_COLUMN', ['42703', 'ER_BAD_FIELD_ERROR', '207']),
  ...entries('SOURCE_UNREACHABLE', ['53300', '57P01', '57P02', '57P03', 'ER_CON_COUNT_ERROR']),
  ...entries('SOURCE_UNREACHABLE', ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']),
  ...entries('SOURCE_UNREACHABLE', [
    'ENETUNREACH',
    'EPIPE',
    'ETIMEDOUT',
    'PROTOCOL_CONNECTION_LOST',
    'ESOCKET',
  ]),
]);

/** Where a driver has no code, its words. */
const WORDS: readonly (readonly [RegExp, SourceProblemCode])[] = [
  [
    /timeout exceeded when trying to connect|connection terminated|connection is closed|server closed/i,
    'SOURCE_UNREACHABLE',
  ],
  [/does not support SSL|password must be a string|SASL/i, 'SOURCE_REFUSED'],
  [/read timeout|max_statement_time|execution time exceeded/i, 'SOURCE_TIMEOUT'],
  [/no such table/i, 'SOURCE_NO_TABLE'],
  [/no such column/i, 'SOURCE_NO_COLUMN'],
  [/unable to open database|not a database|database disk image|ENOENT/i, 'SOURCE_BAD_FILE'],
];

function entries(
  code: SourceProblemCode,
  names: readonly string[],
): readonly (readonly [string, SourceProblemCode])[] {
  return names.map((name) => [name, code] as const);
}

function codeOf(error: unknown, message: string): SourceProblemCode {
  const names = driverCodes(error);
  const byCode = names.map((name) => CODES.get(name)).find((code) => code !== undefined);
  if (byCode !== undefined) return byCode;
  if (names.some((name) => name.startsWith('08'))) return 'SOURCE_UNREACHABLE';
  return WORDS.find(([words]) => words.test(message))?.[1] ?? 'SOURCE_BAD_ANSWER';
}

/** A host with several addresses fails once for each, under one error. */
function driverCodes(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, number, errno } = error as Record<string, unknown>;
  const own = [code, number, errno].filter((value) => typeof value === 'string' || typeof value === 'number');
  const nested = error instanceof AggregateError ? error.errors.flatMap(driverCodes) : [];
  return [...own.map(String), ...nested];
}

type Sentence = (message: string, hint: string) => (place: string) => string;

const other: Sentence = (message, hint) => (place) =>
  `The ${place} answered with an error: ${message}${hint}`;

const SENTENCES: Readonly<Record<SourceProblemCode, Sentence>> = {
  SOURCE_UNREACHABLE: (message) => (place) =>
    `The ${place} cannot be reached: ${message}; check that it runs, its host and port, and the network between`,
  SOURCE_REFUSED: (message) => (place) =>
    `The ${place} refuses us: ${message}; check user, password, certificate and the right to read`,
  SOURCE_TIMEOUT: (message) => (place) =>
    `The ${place} did not answer in time: ${message}; an index may help (onboard check names them), or connection.statementTimeoutMs`,
  SOURCE_NO_TABLE: (message, hint) => (place) =>
    `The ${place} has no such table: ${message}${hint}; correct the mapping, or grant its user the right to see it`,
  SOURCE_NO_COLUMN: (message, hint) => (place) =>
    `The ${place} has no such column: ${message}${hint}; correct the mapping, or bring the column back`,
  SOURCE_BAD_FILE: (message) => (place) => `The ${place} cannot be opened: ${message}`,
  SOURCE_BAD_ANSWER: other,
  SOURCE_BAD_PAGING: other,
  SOURCE_STALE: other,
};

/** `column d.NgayTra does not exist`, `Unknown column 'd.NgayTra' in 'WHERE'`, `no such column: d.NgayTra` → NgayTra. */
function missingName(code: SourceProblemCode, message: string): string | undefined {
  if (code === 'SOURCE_NO_COLUMN') {
    const column = /column:? (?:name )?["']?([^"']+?)["']?(?: does not exist| in |\.?$)/i.exec(message)?.[1];
    return column?.replace(/^[a-z]\w*\./, '');
  }
  if (code === 'SOURCE_NO_TABLE') {
    return /(?:table:?|relation|object name) ["']?([^"']+?)["']?(?: does|\.?$)/i.exec(message)?.[1];
  }
  return undefined;
}

function hintOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('hint' in error)) return '';
  return typeof error.hint === 'string' ? ` (${error.hint})` : '';
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
