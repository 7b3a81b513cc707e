import type { ListParams } from './page-steps';

/** A path of a mapping below the base address, whatever slashes either has; parameters are put after those that stand in the path. */
export function serviceAddress(baseUrl: string, path: string, params: ListParams = {}): string {
  const url = new URL(baseUrl);
  const [route = '', query = ''] = path.split('?', 2);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${route.replace(/^\/+/, '')}`;
  url.search = query === '' ? url.search : query;
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
  return url.href;
}
