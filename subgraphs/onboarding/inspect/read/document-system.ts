import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SourceProblem } from '../../../sources/source-problem';
import type { InspectedSystem } from './inspected-table';
import { openJsonSystem } from './json-system';
import { isOpenApi, openOpenApiSystem } from './openapi-system';
import { withoutPassword } from './parse-target';
import { openWsdlSystem } from './wsdl-system';

const TIMEOUT_MS = 15_000;
const MOST_BYTES = 32 * 1024 * 1024;
const WSDL = /<([\w-]+:)?definitions[\s>]/;

/** A file that describes a service: OpenAPI, Swagger or WSDL. `shown` is how the mapping names it. @throws SourceProblem */
export async function openDocument(file: string, shown: string): Promise<InspectedSystem> {
  const text = readFileSync(file, 'utf8');
  if (WSDL.test(text)) return openWsdlSystem(file, shown);
  const content = parseText(text);
  if (isOpenApi(content)) return openOpenApiSystem(content, shown, null);
  throw new SourceProblem('SOURCE_BAD_FILE', `${shown} is neither an OpenAPI document nor a WSDL`, shown);
}

export interface HttpOptions {
  /** The variables that may hold a password for a user in the address, and a token. */
  readonly password: string | undefined;
  readonly passwordVariable: string;
  readonly token: string | undefined;
  readonly tokenVariable: string;
  readonly signal: AbortSignal;
}

/** A description at an address, or a service that answers JSON. @throws SourceProblem */
export async function openHttp(url: URL, options: HttpOptions): Promise<InspectedSystem> {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  const shown = withoutPassword(plain);
  const { headers, auth } = authOf(url, options);
  const text = await fetchText(plain, shown, headers, options.signal);
  if (WSDL.test(text)) return openWsdlSystem(plain.href, shown);
  const content = parseText(text);
  if (isOpenApi(content)) return openOpenApiSystem(content, shown, plain);
  if (typeof content !== 'object' || content === null)
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `${shown} answered neither JSON nor OpenAPI nor a WSDL`,
      shown,
    );
  return openJsonSystem({ url: plain, content, auth });
}

/** Also YAML: JSON is a part of it. Undefined for what is neither. */
function parseText(text: string): unknown {
  try {
    return text.trimStart().startsWith('{') || text.trimStart().startsWith('[')
      ? (JSON.parse(text) as unknown)
      : (parse(text, { maxAliasCount: 100 }) as unknown);
  } catch {
    return undefined;
  }
}

function authOf(url: URL, { password, passwordVariable, token, tokenVariable }: HttpOptions) {
  if (url.username !== '') {
    const user = decodeURIComponent(url.username);
    const secret = url.password === '' ? (password ?? '') : decodeURIComponent(url.password);
    return {
      headers: { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` },
      auth: { scheme: 'basic', user, password: { env: passwordVariable } },
    };
  }
  if (token !== undefined)
    return {
      headers: { authorization: `Bearer ${token}` },
      auth: { scheme: 'bearer', token: { env: tokenVariable } },
    };
  return { headers: {}, auth: null };
}

async function fetchText(
  url: URL,
  shown: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { accept: 'application/json, application/yaml, text/xml', ...headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError';
    throw new SourceProblem(
      isLate ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE',
      isLate
        ? `${shown} did not answer within ${TIMEOUT_MS / 1_000} s`
        : `${shown} cannot be reached: ${reasonOf(cause)}`,
      shown,
      cause,
    );
  }
  if (response.status === 401 || response.status === 403)
    throw new SourceProblem(
      'SOURCE_REFUSED',
      `${shown} answered HTTP ${response.status}: put a user into the address, or a token into the environment (see --help)`,
      shown,
    );
  if (!response.ok)
    throw new SourceProblem('SOURCE_BAD_ANSWER', `${shown} answered HTTP ${response.status}`, shown);
  const text = await response.text();
  if (text.length <= MOST_BYTES) return text;
  throw new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `${shown} answered more than ${MOST_BYTES / 1024 / 1024} MB`,
    shown,
  );
}

/** fetch hides why behind "fetch failed". */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
