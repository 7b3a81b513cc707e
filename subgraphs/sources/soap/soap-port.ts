import { createRequire } from 'node:module';
import type * as Soap from 'soap';
import type { Client, IHttpClient } from 'soap';
import { SourceProblem } from '../source-problem';
import type { WsdlDocuments } from './wsdl-documents';

/** An answer of an endpoint, whatever its status: a fault comes with HTTP 500. */
export interface SoapReply {
  readonly status: number;
  readonly text: string;
}

export interface SoapRequest {
  readonly xml: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type SendSoap = (request: SoapRequest) => Promise<SoapReply>;

/** One operation, called with values by the names of the WSDL's elements. */
export type SoapOperation = (args: object, send: SendSoap) => Promise<SoapResult>;

export interface SoapResult {
  /** The content of the answer's element, as the WSDL describes it. */
  readonly answer: unknown;
  readonly reply: SoapReply;
}

export interface SoapPort {
  readonly endpoint: string;
  /** null when the WSDL has none of the name. */
  operation(name: string): SoapOperation | null;
  readonly operationNames: readonly string[];
}

export interface PortChoice {
  readonly service: string | undefined;
  readonly port: string | undefined;
  /** Instead of the address of the WSDL. */
  readonly endpoint: string | undefined;
}

/** Whole numbers and moments stay as they were written: a Date or a rounded number could not be told from a right one. */
const asWritten = (text: string): string => text;
const TEXTS = Object.fromEntries(
  [
    'int',
    'integer',
    'short',
    'long',
    'double',
    'float',
    'decimal',
    'dateTime',
    'date',
    'bool',
    'boolean',
  ].map((type) => [type, asWritten]),
);

/** Reads a WSDL with all that it imports. @throws SourceProblem for one that cannot be followed, or lacks the service or port asked for */
export async function openSoapPort(
  documents: WsdlDocuments,
  choice: PortChoice,
  signal: AbortSignal,
): Promise<SoapPort> {
  const main = await documents.load(documents.address, signal);
  let client: Client;
  try {
    client = await soapLibrary().createClientAsync(documents.address, {
      httpClient: new DocumentClient(documents, signal),
      disableCache: true,
      handleNilAsNull: true,
      // What a name looks like is a fact: "1.\tCấp giấy phép, ".
      preserveWhitespace: true,
      customDeserializer: TEXTS,
      forceSoap12Headers: !main.includes(SOAP_11) && main.includes(SOAP_12),
    });
  } catch (cause) {
    if (cause instanceof SourceProblem) throw cause;
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      'the WSDL cannot be understood: it is no WSDL, or not whole',
      'the WSDL',
      cause,
    );
  }
  return choosePort(client, documents, choice);
}

const load = createRequire(__filename);

/** Loaded by the first WSDL: it takes 36 MB and a tenth of a second, and most systems of a province have none. */
function soapLibrary(): typeof Soap {
  return load('soap') as typeof Soap; // What the package exports.
}

const SOAP_11 = 'http://schemas.xmlsoap.org/wsdl/soap/';
const SOAP_12 = 'http://schemas.xmlsoap.org/wsdl/soap12/';

/** What a call under way gives the library as options, and gets back in `request`. */
interface CallUnderWay {
  readonly send: SendSoap;
  readonly fail: (error: unknown) => void;
}

/** What the library asks over HTTP: the documents of the WSDL while it is read, then whatever the call under way sends. */
class DocumentClient implements IHttpClient {
  constructor(
    private readonly documents: WsdlDocuments,
    private readonly signal: AbortSignal,
  ) {}

  request(...[url, data, callback, headers, options]: HttpArguments): ReturnType<IHttpClient['request']> {
    // Only `callOperation` below passes this option.
    const call = options?.['underWay'] as CallUnderWay | undefined;
    const replied =
      call === undefined
        ? this.documents.load(url, this.signal).then((text) => ({ status: 200, text }))
        : call.send({ xml: String(data), headers: headers ?? {} });
    replied
      .then(
        ({ status, text }) => void callback(null, { status, headers: {} }, text),
        (error: unknown) => void callback(error),
      )
      // The library itself fails on a reply that it does not expect.
      .catch((error: unknown) => void (call === undefined ? callback(error) : call.fail(error)));
    // The library ignores what is given back; its type is that of another HTTP client.
    return undefined as unknown as ReturnType<IHttpClient['request']>;
  }
}

type HttpArguments = Parameters<IHttpClient['request']>;

interface PortDefinition {
  readonly service: string;
  readonly port: string;
  readonly location: string;
  readonly methods: readonly string[];
}

function choosePort(client: Client, documents: WsdlDocuments, choice: PortChoice): SoapPort {
  const all = portsOf(client);
  const fitting = all.filter(
    ({ service, port }) =>
      (choice.service === undefined || service === choice.service) &&
      (choice.port === undefined || port === choice.port),
  );
  const [chosen] = fitting;
  if (chosen === undefined) {
    const names = all.map(({ service, port }) => `${service}/${port}`).join(', ') || 'none';
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `the WSDL has no such service and port (${choice.service ?? 'any'}/${choice.port ?? 'any'}); it has: ${names}`,
      'the WSDL',
    );
  }
  const endpoint = choice.endpoint ?? ownEndpoint(chosen, documents);
  return {
    endpoint,
    operationNames: chosen.methods,
    operation: (name) => (chosen.methods.includes(name) ? bindOperation(client, chosen, name) : null),
  };
}

/** A WSDL that came from an address may name a service of that host only: credentials are nobody else's. */
function ownEndpoint({ location }: PortDefinition, { origin }: WsdlDocuments): string {
  const address = URL.canParse(location) ? new URL(location) : null;
  if (
    address !== null &&
    /^https?:$/.test(address.protocol) &&
    (origin === null || address.origin === origin)
  )
    return location;
  throw new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `the WSDL names the endpoint ${address?.origin ?? 'without an address'}, which is not the host it came from; name the right one in connection.endpoint`,
    'the WSDL',
  );
}

/** The library's classes are typed as `any`; only names and addresses are taken from them. */
function portsOf(client: Client): readonly PortDefinition[] {
  const services = (client.wsdl.definitions.services ?? {}) as Record<
    string,
    { ports?: Record<string, RawPort> }
  >;
  return Object.entries(services).flatMap(([service, { ports = {} }]) =>
    Object.entries(ports).map(([port, { location, binding }]) => ({
      service,
      port,
      location: location ?? '',
      methods: Object.keys(binding?.methods ?? {}),
    })),
  );
}

interface RawPort {
  readonly location?: string;
  readonly binding?: { readonly methods?: Record<string, unknown> };
}

type RawOperation = (
  args: object,
  callback: (error: unknown, result: unknown, raw: unknown) => void,
  options: object,
) => void;

function bindOperation(client: Client, { service, port }: PortDefinition, name: string): SoapOperation {
  // The library defines a method for each operation of each port, under these names.
  const ports = client[service] as Record<string, Record<string, RawOperation>>;
  const call = ports[port]?.[name];
  if (call === undefined) throw new TypeError(`The library has no operation ${name}`);
  return (args, send) => callOperation(call, args, send);
}

function callOperation(call: RawOperation, args: object, send: SendSoap): Promise<SoapResult> {
  let reply: SoapReply = { status: 0, text: '' };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) =>
      reject(error instanceof SourceProblem ? error : new UnreadableReply(reply, error));
    const underWay: CallUnderWay = { fail, send: async (request) => (reply = await send(request)) };
    const done = (error: unknown, answer: unknown) => {
      if (error === null || error === undefined) resolve({ answer, reply });
      else fail(error);
    };
    try {
      call(args, done, { underWay });
    } catch (error) {
      fail(error);
    }
  });
}

/** A reply that does not fit the WSDL, or a fault. */
export class UnreadableReply extends Error {
  constructor(
    readonly reply: SoapReply,
    cause: unknown,
  ) {
    super('The reply does not fit the WSDL', { cause });
  }
}
