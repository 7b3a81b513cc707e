import { SourceProblem, type SourceProblemCode } from '../../../sources/source-problem';

/** Where a database server is, with the password that opens it, which is never shown or written. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number | undefined;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly tls: 'off' | 'require' | 'verify';
  /** For people. */
  readonly shown: string;
  /** The section of the mapping: the password by reference. */
  readonly connection: Readonly<Record<string, unknown>>;
  readonly doubts: readonly string[];
}

const REFUSED = new Set([
  '28P01',
  '28000',
  '42501',
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
]);
const NO_DATABASE = new Set(['3D000', 'ER_BAD_DB_ERROR']);

/** Why no session came about, in one sentence with the way out. */
export function reachProblem(address: ServerAddress, cause: unknown): SourceProblem {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const [problem, sentence] = explain(address, code, cause);
  return new SourceProblem(problem, sentence, address.shown, cause);
}

function explain(
  { user, database, shown, password }: ServerAddress,
  code: string,
  cause: unknown,
): [SourceProblemCode, string] {
  const reason = cause instanceof Error ? cause.message || code : String(cause);
  if (REFUSED.has(code) || /password must be a string|no password/i.test(reason)) {
    const what = password === undefined ? 'without a password' : 'with the password given';
    return [
      'SOURCE_REFUSED',
      `The server ${shown} does not let the user "${user}" in ${what}: put the right one into the address or the environment`,
    ];
  }
  if (NO_DATABASE.has(code))
    return ['SOURCE_UNREACHABLE', `The server has no database "${database}" (${shown})`];
  if (code === 'ECONNREFUSED')
    return ['SOURCE_UNREACHABLE', `Nothing listens at ${shown}: is the server up, and the port right?`];
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return ['SOURCE_UNREACHABLE', `There is no host of the name in ${shown}`];
  if (code === 'ETIMEDOUT' || /timeout/i.test(reason))
    return ['SOURCE_TIMEOUT', `The server ${shown} did not answer: is a firewall between?`];
  return ['SOURCE_UNREACHABLE', `No session with ${shown}: ${reason}`];
}
