import { ConfigError } from '../../../schema/runtime/config-error';
import { isNativeError } from 'node:util/types';
import { RegistryError } from './registry';

const MAX_REASONS = 10;
/** Values as ConfigError quotes them, and whatever else looks like an address. */
const VALUE = /, got (?:"(?:[^"\\]|\\.)*"|[^\s(]+)/g;
const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"',\]}]+/gi;

/**
 * Why a registry was refused, for whoever asks the gateway whether it is ready: one sentence a mistake. Where files stand and
 * where systems answer is for the log alone.
 */
export function reasonsToRefuse(error: unknown): readonly string[] {
  const reasons = mistakesOf(error).map((mistake) => mistake.replace(VALUE, '').replace(ADDRESS, '…'));
  const more = reasons.length - MAX_REASONS;
  return more > 0 ? [...reasons.slice(0, MAX_REASONS), `and ${more} more: the log has them all`] : reasons;
}

function mistakesOf(error: unknown): readonly string[] {
  if (error instanceof RegistryError) return error.problems;
  if (error instanceof ConfigError) return error.mistakes;
  const code = isNativeError(error) && 'code' in error ? ` (${String(error.code)})` : '';
  return [`The registry or its list of agencies cannot be read${code}: the log says more`];
}
