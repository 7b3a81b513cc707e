import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { AgencyDirectory } from './agency-directory';

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });
/** What a system may be called. */
export const SYSTEM_NAME = /^[a-z0-9][a-z0-9-]*$/;

const agencyCodes = z.array(z.string().min(1));
const urls = z.array(url).min(1);

/** What one system holds of one subgraph, and where it answers for it. */
const heldSchema = z.strictObject({
  urls,
  agencies: agencyCodes,
  /** Addresses among `urls` that get no new calls. */
  draining: z.array(url).optional(),
});

/** The file `systems.yaml` (README, "Systems"): gateways follow it, and `lienthong onboard` writes it. */
export const systemsFileSchema = z.strictObject({
  version: z.literal(1),
  directory: z.string().min(1),
  subgraphs: z.record(
    z.string(),
    z.union([z.strictObject({ url }), z.strictObject({ expected: agencyCodes })]),
  ),
  systems: z.record(
    z.string().regex(SYSTEM_NAME, 'must be a short name in lower case, such as tu-phap'),
    z.strictObject({
      name: z.string().optional(),
      /** Gets no new calls; what it holds is told as missing, with SHARD_DRAINING. */
      draining: z.boolean().optional(),
      subgraphs: z.record(z.string(), heldSchema),
    }),
  ),
});

export type SystemsFile = z.infer<typeof systemsFileSchema>;

/** What no single value shows: one sentence a mistake, with its path. A file without any can be adopted by every gateway. */
export function checkSystemsFile(file: SystemsFile, directory: AgencyDirectory): readonly string[] {
  return [
    ...Object.entries(file.systems).flatMap(([name, system]) => checkSystem(file, directory, name, system)),
    ...Object.entries(file.subgraphs).flatMap(([name, declared]) =>
      'url' in declared ? [] : unknown(file, directory, `subgraphs.${name}.expected`, declared.expected),
    ),
  ];
}

function checkSystem(
  file: SystemsFile,
  directory: AgencyDirectory,
  name: string,
  system: SystemsFile['systems'][string],
): readonly string[] {
  return Object.entries(system.subgraphs).flatMap(([subgraph, held]) => {
    const place = `systems.${name}.subgraphs.${subgraph}`;
    const declared = file.subgraphs[subgraph];
    const isSharded = declared !== undefined && 'expected' in declared;
    return [
      ...(isSharded
        ? []
        : [
            `${place}: "${subgraph}" is not declared as a sharded subgraph under subgraphs (with expected: […])`,
          ]),
      ...unknown(file, directory, place, held.agencies),
      ...checkDraining(place, held),
    ];
  });
}

function checkDraining(
  place: string,
  { urls: all, draining = [] }: SystemsFile['systems'][string]['subgraphs'][string],
): readonly string[] {
  const strange = draining.filter((one) => !all.includes(one));
  if (strange.length > 0) return [`${place}.draining: ${strange.join(', ')} is not among its urls`];
  if (all.every((one) => draining.includes(one)))
    return [`${place}.draining: no address is left; drain the whole system instead, with draining: true`];
  return [];
}

function unknown(
  file: SystemsFile,
  directory: AgencyDirectory,
  place: string,
  codes: readonly string[],
): readonly string[] {
  return codes
    .filter((code) => directory.find(code) === undefined)
    .map((code) => `${place}: "${code}" is no agency of the directory ${file.directory}`);
}

/** Where the file of the agencies stands that a registry names. */
export function directoryFileOf(systemsFile: string, { directory }: Pick<SystemsFile, 'directory'>): string {
  return resolve(dirname(systemsFile), directory);
}

/** Names a registry by everything that routing follows: what a gateway shows in `/readyz` once it has adopted it. */
export function systemsFileVersion(text: string, directoryText: string): string {
  return createHash('sha256').update(text).update(directoryText).digest('hex').slice(0, 12);
}
