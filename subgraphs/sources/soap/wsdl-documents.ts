import { readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCode } from '../remote/error-code';
import { requireGoodStatus } from '../remote/http-status';
import type { Headers } from '../remote/service-auth';
import type { ServiceHttp } from '../remote/service-http';
import { SourceProblem } from '../source-problem';
import { requireWsdl } from './harmless-xml';

/** Where the documents of one WSDL are: the file or address itself, and what it imports. */
export interface WsdlDocuments {
  /** The address under which the WSDL library knows the main document. For files one that no network has. */
  readonly address: string;
  /** The host whose service the WSDL may name; null for a file, whose author is ours. */
  readonly origin: string | null;
  /** @throws SourceProblem for a document that is elsewhere, missing, too long, or no harmless XML */
  load(address: string, signal: AbortSignal): Promise<string>;
}

export interface WsdlPlace {
  readonly wsdl: string;
  readonly baseFolder: string;
  readonly maxBytes: number;
  readonly http: ServiceHttp;
  readonly credentials: (signal: AbortSignal) => Promise<Headers>;
}

/** Reserved by RFC 2606: no request to it can leave the machine, and none is made. */
const FILES = 'http://wsdl.invalid/';

/** Schemas of the standards themselves. They are known to every client, so nobody fetches them. */
const STANDARD = /^https?:\/\/(schemas\.xmlsoap\.org|www\.w3\.org)\//;
const EMPTY_SCHEMA = '<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>';

export function wsdlDocuments(place: WsdlPlace): WsdlDocuments {
  return /^https?:\/\//i.test(place.wsdl) ? remoteDocuments(place) : fileDocuments(place);
}

function remoteDocuments({ wsdl, http, credentials }: WsdlPlace): WsdlDocuments {
  const { origin } = new URL(wsdl);
  return {
    address: wsdl,
    origin,
    async load(address, signal) {
      if (STANDARD.test(address)) return EMPTY_SCHEMA;
      const place = address === wsdl ? 'the WSDL' : `the import ${nameOf(address)} of the WSDL`;
      if (new URL(address).origin !== origin) throw foreign(place, address);
      const headers = { accept: 'text/xml, application/wsdl+xml, */*', ...(await credentials(signal)) };
      const answer = await http.send({ method: 'GET', url: address, headers, place, signal });
      requireGoodStatus(answer.status, place);
      requireWsdl(answer.text, place);
      return answer.text;
    },
  };
}

function fileDocuments({ wsdl, baseFolder, maxBytes }: WsdlPlace): WsdlDocuments {
  const file = resolve(baseFolder, wsdl);
  const folder = dirname(file);
  const root = pathToFileURL(folder + sep).href;
  return {
    address: FILES + pathToFileURL(file).href.slice(root.length),
    origin: null,
    async load(address) {
      if (STANDARD.test(address)) return EMPTY_SCHEMA;
      const place = `the file ${nameOf(address)}`;
      if (!address.startsWith(FILES)) throw foreign(place, address);
      const path = resolve(folder, decodeURIComponent(new URL(address).pathname.slice(1)));
      if (relative(folder, path).startsWith('..')) throw foreign(place, address);
      const text = await readBounded(path, maxBytes, place);
      requireWsdl(text, place);
      return text;
    },
  };
}

async function readBounded(path: string, maxBytes: number, place: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= maxBytes) return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = errorCode(cause);
    throw new SourceProblem(
      'SOURCE_BAD_FILE',
      `${place} cannot be read (${reason}); it is looked for beside the mapping`,
      place,
      cause,
    );
  }
  throw new SourceProblem('SOURCE_BAD_FILE', `${place} is longer than ${maxBytes} bytes`, place);
}

function nameOf(address: string): string {
  return decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? address);
}

function foreign(place: string, address: string): SourceProblem {
  return new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `${place} is at ${new URL(address).origin}, which is not asked; keep a copy of the WSDL and its imports beside the mapping`,
    place,
  );
}
