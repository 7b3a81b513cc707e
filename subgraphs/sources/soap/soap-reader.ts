import type { PassRequest, ReaderEvent, RecordReader } from '../copy/record-reader';
import type { SoapCollection } from '../mapping/collections';
import type { SoapSystem } from '../mapping/system-mapping';
import { lowerCased } from '../remote/header-names';
import { remoteListOf } from '../remote/list-of';
import { readList, type ListService, type ListTimes } from '../remote/read-list';
import { createServiceAuth, withCredentials, type ServiceAuth } from '../remote/service-auth';
import { ServiceHttp } from '../remote/service-http';
import { listTimes, type ServiceParts } from '../remote/service-parts';
import { SourceProblem } from '../source-problem';
import { itemsOfAnswer } from './soap-items';
import { openSoapPort, UnreadableReply, type SendSoap, type SoapOperation, type SoapPort } from './soap-port';
import { judged, judgeReply, refusalOf, unreadableProblem } from './soap-reply';
import { wsdlDocuments } from './wsdl-documents';

/**
 * Reads the lists of an XML service that a WSDL describes. The WSDL is read with the first page of each pass, so that a service that
 * changed is known again by the next one.
 */
export function createSoapReader(mapping: SoapSystem, parts: ServiceParts): RecordReader {
  const { connection } = mapping;
  const { timeoutMs, maxAnswerBytes, envelope } = connection;
  const { env, baseFolder } = parts;
  const http = new ServiceHttp({ timeoutMs, maxAnswerBytes, dispatcher: parts.dispatcher });
  const times = listTimes(parts);
  const auth = createServiceAuth({
    auth: connection.auth,
    http,
    baseUrl: addressOf(mapping),
    envelope,
    env,
    baseFolder,
    clock: times.clock,
  });
  const open = (signal: AbortSignal) => openPort(mapping, parts, http, auth, signal);
  return {
    read: (request) => readCollection(mapping, request, { http, auth, open }, times),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}

interface SoapService {
  readonly http: ServiceHttp;
  readonly auth: ServiceAuth;
  readonly open: (signal: AbortSignal) => Promise<SoapPort>;
}

/** What the path of a log-in is relative to. */
function addressOf({ connection: { endpoint, wsdl } }: SoapSystem): string {
  if (endpoint !== undefined) return new URL('/', endpoint).href;
  return /^https?:\/\//i.test(wsdl) ? new URL('/', wsdl).href : 'http://wsdl.invalid/';
}

function openPort(
  { connection }: SoapSystem,
  { baseFolder }: ServiceParts,
  http: ServiceHttp,
  auth: ServiceAuth,
  signal: AbortSignal,
): Promise<SoapPort> {
  const documents = wsdlDocuments({
    wsdl: connection.wsdl,
    baseFolder,
    maxBytes: connection.maxAnswerBytes,
    http,
    credentials: (forSignal) => auth.credentials(forSignal),
  });
  const { service, port, endpoint } = connection;
  return openSoapPort(documents, { service, port, endpoint }, signal);
}

async function* readCollection(
  mapping: SoapSystem,
  request: PassRequest,
  service: SoapService,
  times: ListTimes,
): AsyncGenerator<ReaderEvent> {
  const list = remoteListOf(mapping, request.collection, ({ operation }) => `operation ${operation}`);
  const from = mapping[request.collection]?.from;
  if (list === null || from === undefined) return;
  yield* readList(list, soapList(mapping, from, service), request, times);
}

function soapList(mapping: SoapSystem, from: SoapCollection, service: SoapService): ListService {
  let opened: { readonly port: SoapPort; readonly operation: SoapOperation } | null = null;
  const { envelope } = mapping.connection;
  return {
    ask: (params, place, signal) =>
      withCredentials(service.auth, signal, async (credentials) => {
        try {
          opened ??= requireOperation(await service.open(signal), from.operation);
          const { port, operation } = opened;
          const send: SendSoap = ({ xml, headers }) =>
            service.http.send({
              method: 'POST',
              url: port.endpoint,
              headers: { ...lowerCased(headers), ...credentials },
              body: xml,
              place,
              signal,
            });
          const { answer, reply } = await operation(params, judged(send, place));
          return judgeReply({ answer, reply, operation: from.operation, envelope, place });
        } catch (error) {
          return refusalOf(
            error instanceof UnreadableReply ? unreadableProblem(error, from.operation, place) : error,
          );
        }
      }),
    itemsOf: (answer, place) => itemsOfAnswer(answer, from, envelope, place),
  };
}

function requireOperation(
  port: SoapPort,
  name: string,
): { readonly port: SoapPort; readonly operation: SoapOperation } {
  const operation = port.operation(name);
  if (operation !== null) return { port, operation };
  throw new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `the WSDL has no operation "${name}"; it has: ${port.operationNames.join(', ') || 'none'}`,
    `operation ${name}`,
  );
}
