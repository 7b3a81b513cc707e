import { Pool } from 'undici';

/** Where a URL leads: the connections kept to its origin, and the path there. */
export interface Endpoint {
  readonly pool: Pool;
  readonly path: string;
}

export interface PoolsOptions {
  readonly connectionsPerOrigin: number;
  /** Origins that may have connections at once; beyond it the one known longest is closed when its calls are done. */
  readonly maxOrigins?: number;
}

const DEFAULT_MAX_ORIGINS = 4096;
const MAX_URLS = 4096;

/** One keep-alive pool per origin. A URL is parsed once. */
export class Pools {
  readonly #options: PoolsOptions;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #pools = new Map<string, Pool>();
  #isClosed = false;

  constructor(options: PoolsOptions) {
    this.#options = options;
  }

  /** @throws TypeError for a URL that is none, or not of HTTP; Error after `close`. */
  endpointOf(url: string): Endpoint {
    return this.#endpoints.get(url) ?? this.#addEndpoint(url);
  }

  /** Ends every connection; calls under way fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endpoints.clear();
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  /** Ends the connections of every origin that none of the URLs leads to, each when the calls on it are done. */
  closeOthers(urls: Iterable<string>): void {
    const wanted = new Set([...urls].map((url) => new URL(url).origin));
    for (const origin of this.#pools.keys()) if (!wanted.has(origin)) this.#dropPool(origin);
  }

  #addEndpoint(url: string): Endpoint {
    if (this.#isClosed) throw new Error('The connections to systems are closed');
    const { origin, pathname, search, protocol } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError(`"${url}" is not a URL of HTTP`);
    const endpoint = { pool: this.#pools.get(origin) ?? this.#addPool(origin), path: pathname + search };
    // Dropping all is enough: what is in use is parsed again, and no URL costs more than that.
    if (this.#endpoints.size >= MAX_URLS) this.#endpoints.clear();
    this.#endpoints.set(url, endpoint);
    return endpoint;
  }

  #addPool(origin: string): Pool {
    const { connectionsPerOrigin, maxOrigins = DEFAULT_MAX_ORIGINS } = this.#options;
    if (this.#pools.size >= maxOrigins) this.#dropOldestPool();
    const pool = new Pool(origin, {
      connections: connectionsPerOrigin,
      // One deadline of ours covers the whole call. Only a connection that is not made in 10 s is given up and tried anew:
      // undici's default, past the deadline of nearly every call.
      headersTimeout: 0,
      bodyTimeout: 0,
      // One call, one connection: a cancelled call then ends its connection and disturbs no other.
      pipelining: 1,
      allowH2: false,
    });
    this.#pools.set(origin, pool);
    return pool;
  }

  #dropOldestPool(): void {
    const [oldest] = this.#pools.keys();
    if (oldest !== undefined) this.#dropPool(oldest);
  }

  #dropPool(origin: string): void {
    const pool = this.#pools.get(origin);
    this.#pools.delete(origin);
    this.#endpoints.clear();
    void pool?.close();
  }
}
