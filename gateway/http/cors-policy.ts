import { COMPLETENESS_HEADER, DEADLINE_HEADER } from '../../schema/wire-headers';
import type { Exchange } from './exchange';

/** Which pages of other sites may ask, and read the answers. */
export interface CorsPolicy {
  allows(origin: string): boolean;
  /** What every answer to this origin carries: name, value, name, value. */
  headersFor(origin: string | undefined): readonly string[];
  /** Answers a preflight; false when this is none of ours to answer. */
  answerPreflight(exchange: Exchange): boolean;
}

const NOTHING: readonly string[] = [];
const EXPOSED = ['access-control-expose-headers', 'x-request-id'];
const ASKABLE = [
  'content-type',
  'apollo-require-preflight',
  'x-request-id',
  DEADLINE_HEADER,
  COMPLETENESS_HEADER,
];
const PREFLIGHT: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET,POST',
  'access-control-allow-headers': ASKABLE.join(','),
  'access-control-max-age': '86400',
  'content-length': '0',
};

/** Without origins nothing is allowed and nothing is added. */
export function createCorsPolicy(origins: readonly string[]): CorsPolicy {
  if (origins.length === 0) {
    return { allows: () => false, headersFor: () => NOTHING, answerPreflight: () => false };
  }
  const isOpen = origins.includes('*');
  const listed = new Set(origins);
  const headers = (origin: string | undefined): readonly string[] => {
    if (isOpen) return ['access-control-allow-origin', '*', ...EXPOSED];
    const isListed = origin !== undefined && listed.has(origin);
    return [...(isListed ? ['access-control-allow-origin', origin] : NOTHING), 'vary', 'Origin', ...EXPOSED];
  };
  return {
    allows: (origin) => isOpen || listed.has(origin),
    headersFor: headers,
    answerPreflight: (exchange) => {
      if (exchange.request.method !== 'OPTIONS') return false;
      exchange.sendBy((response) => response.writeHead(204, PREFLIGHT).end());
      return true;
    },
  };
}
