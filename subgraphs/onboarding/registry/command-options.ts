import type { CommandIo } from '../terminal/command-io';
import { UsageError } from '../terminal/usage-error';
import { readAddress } from './addresses';
import { registryPath } from './opened-systems';

/** What add, remove and drain take alike. */
export const REGISTRY_OPTIONS = {
  registry: { type: 'string' },
  wait: { type: 'boolean', default: false },
  gateway: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const REGISTRY_OPTIONS_HELP = `  --registry FILE     the registry (LIENTHONG_REGISTRY, else systems.yaml here)
  --wait              until every gateway named has adopted the change
  --gateway URL       one for each gateway, such as http://10.0.0.4:4000
  --timeout SECONDS   how long to wait (30)
  --json              one JSON document on stdout
`;

export interface RegistryOptions {
  /** Of the registry. */
  readonly path: string;
  /** Null does not wait. */
  readonly wait: { readonly gateways: readonly string[]; readonly timeoutMs: number } | null;
  readonly isJson: boolean;
}

interface Values {
  readonly registry?: string | undefined;
  readonly wait: boolean;
  readonly gateway?: readonly string[] | undefined;
  readonly timeout?: string | undefined;
  readonly json: boolean;
}

const DEFAULT_TIMEOUT_S = 30;

/** @throws UsageError */
export function readRegistryOptions(values: Values, io: CommandIo): RegistryOptions {
  const { wait, gateway: gateways = [], timeout } = values;
  if (wait && gateways.length === 0)
    throw new UsageError('--wait needs to know the gateways: --gateway http://host:port for each');
  if (!wait && (gateways.length > 0 || timeout !== undefined))
    throw new UsageError('--gateway and --timeout are for --wait');
  gateways.forEach(readAddress);
  return {
    path: registryPath(values.registry, io.cwd, io.env),
    wait: wait ? { gateways, timeoutMs: readSeconds(timeout) * 1000 } : null,
    isJson: values.json,
  };
}

function readSeconds(text = String(DEFAULT_TIMEOUT_S)): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 3600) return seconds;
  throw new UsageError(`--timeout takes seconds, from above 0 to 3600, not "${text}"`);
}

/** `a,b` and `--x a --x b` alike; nothing stands for none. */
export function readNames(given: readonly string[] | undefined): readonly string[] {
  const names = (given ?? []).flatMap((text) => text.split(',')).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
