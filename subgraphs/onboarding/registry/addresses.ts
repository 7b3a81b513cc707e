import { UsageError } from '../terminal/usage-error';

const PLACE = '{subgraph}';

/**
 * The address of one subgraph of a system: `http://host:port` gets its name behind it, as our own systems answer; `{subgraph}`
 * stands for its name; any other path is taken as it is, which fits a system that serves one subgraph alone.
 *
 * @throws UsageError
 */
export function addressOf(given: string, subgraph: string, subgraphs: readonly string[]): string {
  const url = readAddress(given.replaceAll(PLACE, subgraph));
  if (given.includes(PLACE)) return url.href;
  if (url.pathname === '/' && url.search === '') return new URL(subgraph, url).href;
  if (subgraphs.length === 1) return url.href;
  throw new UsageError(
    `"${given}" is one address for ${subgraphs.join(' and ')}: write ${PLACE} where the name of the subgraph stands in it`,
  );
}

/** Whether an address of the registry is the one that was named: it, or any on its host and port. */
export function isAddress(given: string, url: string): boolean {
  const named = readAddress(given);
  const address = new URL(url);
  return named.pathname === '/' ? named.origin === address.origin : named.href === address.href;
}

/** @throws UsageError for what is no http(s) address, and for one with a password in it: the registry is no place for secrets. */
export function readAddress(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new UsageError(`"${text}" is no http(s) address, such as http://10.0.0.7:4100`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(`The address of ${url.host} has a user or a password in it: leave them out`);
  return url;
}
