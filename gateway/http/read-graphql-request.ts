import { isJsonObject, type JsonObject } from '../execution/json-object';
import { RequestError } from './request-error';

/** What a client asks, read for its form and not yet for its sense. */
export interface GraphqlRequest {
  /** Undefined only next to a hash. */
  readonly query: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<JsonObject>;
  /** The SHA-256 by which the query is known, or is to be known from now on. */
  readonly hash: string | undefined;
}

/** Far above anything useful, and far below what writing the variables as JSON bears. */
const MAX_NESTING = 500;

/** @throws RequestError saying why a body is not JSON. */
export function parseJson(text: string): unknown {
  if (text.trim() === '')
    throw new RequestError(400, 'BAD_REQUEST', 'The body is empty: send JSON with a query');
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError(400, 'BAD_REQUEST', `The body is not JSON: ${reason}`);
  }
}

/** @throws RequestError naming the parameter that is wrong. */
export function readGraphqlRequest(body: unknown): GraphqlRequest {
  if (!isJsonObject(body)) {
    throw wrong(`The request must be a JSON object with a query, got ${describe(body)}`);
  }
  const query = readText(body, 'query');
  const hash = readHash(readObject(body, 'extensions'));
  if ((query === undefined || query === '') && hash === undefined) {
    throw wrong('The request has no query: send {"query": "{ … }"}');
  }
  return {
    query,
    operationName: readText(body, 'operationName'),
    variables: requireShallow(readObject(body, 'variables')) ?? NOTHING,
    hash,
  };
}

/** The parameters of a GET. @throws RequestError naming the parameter that is wrong. */
export function readSearch(search: string): GraphqlRequest {
  const parameters = new URLSearchParams(search);
  return readGraphqlRequest({
    query: once(parameters, 'query'),
    operationName: once(parameters, 'operationName'),
    variables: readParameter(parameters, 'variables'),
    extensions: readParameter(parameters, 'extensions'),
  });
}

const NOTHING: Readonly<JsonObject> = {};

function readText(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw wrong(`"${name}" must be text, got ${describe(value)}`);
}

function readObject(body: JsonObject, name: string): JsonObject | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isJsonObject(value)) return value;
  throw wrong(`"${name}" must be a JSON object, got ${describe(value)}`);
}

function readHash(extensions: JsonObject | undefined): string | undefined {
  const asked = extensions?.['persistedQuery'];
  if (asked === undefined || asked === null) return undefined;
  if (!isJsonObject(asked) || asked['version'] !== 1) {
    throw wrong('"extensions.persistedQuery" must be an object with "version": 1');
  }
  const hash = asked['sha256Hash'];
  if (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)) return hash;
  throw wrong(`"extensions.persistedQuery.sha256Hash" must be 64 hexadecimal digits, got ${describe(hash)}`);
}

function once(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) throw wrong(`The search parameter "${name}" may only be there once`);
  return values[0];
}

function readParameter(parameters: URLSearchParams, name: string): unknown {
  const text = once(parameters, name);
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw wrong(`The search parameter "${name}" is not JSON: ${reason}`);
  }
}

/** Values nested without end would exhaust the stack of whoever writes them again. */
function requireShallow(variables: JsonObject | undefined): JsonObject | undefined {
  if (variables === undefined) return undefined;
  if (isDeeper(variables, MAX_NESTING)) throw wrong(`"variables" nest more than ${MAX_NESTING} deep`);
  return variables;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof item === 'object' && isDeeper(item, levels - 1)) return true;
  }
  return false;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `${typeof value} ${JSON.stringify(value)?.slice(0, 80) ?? ''}`.trim();
}

function wrong(message: string): RequestError {
  return new RequestError(400, 'BAD_REQUEST', message);
}
