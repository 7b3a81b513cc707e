import type { Collection, PassRequest, ReaderEvent, RecordReader } from '../copy/record-reader';
import type { RestCollection } from '../mapping/collections';
import type { RestSystem } from '../mapping/system-mapping';
import { SourceProblem } from '../source-problem';
import { readEnvelope, requireGood } from '../remote/envelope';
import { requireGoodStatus } from '../remote/http-status';
import { parseJsonAnswer } from '../remote/json-answer';
import { lowerCased } from '../remote/header-names';
import { remoteListOf } from '../remote/list-of';
import type { ListParams } from '../remote/page-steps';
import { readList, type ListService } from '../remote/read-list';
import { serviceAddress } from '../remote/service-address';
import {
  createServiceAuth,
  withCredentials,
  type Attempt,
  type Headers,
  type ServiceAuth,
} from '../remote/service-auth';
import { ServiceHttp, type ServiceAnswer } from '../remote/service-http';
import { listTimes, type ServiceParts } from '../remote/service-parts';
import { namesIn, valueAt } from '../remote/value-at';

/** Reads the lists of a JSON service, page by page. Nothing is asked before the first pass. */
export function createRestReader(mapping: RestSystem, parts: ServiceParts): RecordReader {
  const { connection } = mapping;
  const { baseUrl, envelope, timeoutMs, maxAnswerBytes } = connection;
  const http = new ServiceHttp({ timeoutMs, maxAnswerBytes, dispatcher: parts.dispatcher });
  const times = listTimes(parts);
  const { env, baseFolder } = parts;
  const auth = createServiceAuth({
    auth: connection.auth,
    http,
    baseUrl,
    envelope,
    env,
    baseFolder,
    clock: times.clock,
  });
  return {
    read: (request) => readCollection(mapping, request, (from) => jsonList(mapping, from, http, auth), times),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}

async function* readCollection(
  mapping: RestSystem,
  request: PassRequest,
  serviceOf: (from: RestCollection) => ListService,
  times: ReturnType<typeof listTimes>,
): AsyncGenerator<ReaderEvent> {
  const list = remoteListOf(mapping, request.collection, labelOf);
  const from = collectionOf(mapping, request.collection);
  if (list === null || from === undefined) return;
  yield* readList(list, serviceOf(from), request, times);
}

function collectionOf(mapping: RestSystem, collection: Collection): RestCollection | undefined {
  return mapping[collection]?.from;
}

function labelOf({ method, path }: RestCollection): string {
  return `${method} ${path.split('?', 1)[0]}`;
}

function jsonList(
  { connection }: RestSystem,
  from: RestCollection,
  http: ServiceHttp,
  auth: ServiceAuth,
): ListService {
  return {
    ask: (params, place, signal) =>
      withCredentials(auth, signal, async (credentials) => {
        const answer = await http.send({
          ...pageRequest(connection, from, params, credentials),
          place,
          signal,
        });
        return judge(answer, connection, place);
      }),
    itemsOf: (answer, place) => readItems(answer, from.itemsPath, place),
  };
}

function pageRequest(
  { baseUrl, headers }: RestSystem['connection'],
  { method, path }: RestCollection,
  params: ListParams,
  credentials: Headers,
) {
  const common = { accept: 'application/json', ...lowerCased(headers), ...credentials };
  if (method === 'GET') return { method, url: serviceAddress(baseUrl, path, params), headers: common };
  return {
    method,
    url: serviceAddress(baseUrl, path),
    headers: { 'content-type': 'application/json', ...common },
    body: JSON.stringify(params),
  };
}

function judge(
  answer: ServiceAnswer,
  { envelope }: RestSystem['connection'],
  place: string,
): Attempt<unknown> {
  const { status } = answer;
  const parsed = status >= 200 && status < 300 ? parseJsonAnswer(answer, place) : null;
  try {
    requireGoodStatus(status, place, saidInError(answer, envelope, place));
    requireGood(readEnvelope(parsed, envelope, place), place);
    return { answer: parsed };
  } catch (error) {
    if (error instanceof SourceProblem && error.code === 'SOURCE_REFUSED') return { refusal: error };
    throw error;
  }
}

/** Many services put their envelope into answers of HTTP 4xx and 5xx as well. */
function saidInError(
  answer: ServiceAnswer,
  envelope: RestSystem['connection']['envelope'],
  place: string,
): string {
  if (answer.status < 400 || envelope === undefined) return '';
  try {
    const verdict = readEnvelope(parseJsonAnswer(answer, place), envelope, place);
    return verdict.kind === 'good' ? '' : verdict.said;
  } catch {
    return ''; // No envelope: the status says it.
  }
}

function readItems(answer: unknown, itemsPath: string, place: string): readonly unknown[] {
  const items = valueAt(answer, itemsPath);
  if (Array.isArray(items)) return items;
  // How many services write a list of nothing.
  if (items === null && itemsPath !== '') return [];
  const where = itemsPath === '' ? 'is no list' : `has no list at "${itemsPath}"`;
  throw new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `${place}: the answer ${where}; it has: ${namesIn(answer)}`,
    place,
  );
}
