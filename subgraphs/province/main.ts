import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAgencyDirectory } from '../../schema/agency-directory';
import { localDay } from '../../schema/calendar';
import { createLogger } from '../../schema/runtime/logger';
import { ConfigError } from '../../schema/runtime/config-error';
import { projectRoot } from '../../schema/runtime/project-root';
import { DIRECTORY_FILE, REGISTRY_FILE } from './data-folder';
import { isHostRunning, orderHost, startHostControl, type HostOrder } from './host-control';
import { makeProvince, prepareProvince } from './prepare-province';
import { provinceSource } from './province-data';
import { startProvinceHost, type HostedSystem } from './province-host';
import { readProvinceLayout } from './province-layout';
import { readGenerateArguments, readProvinceSettings } from './province-settings';

const root = projectRoot();
const source = provinceSource(root);
const logger = createLogger({
  level: 'info',
  write: (line) => process.stderr.write(line),
  format: process.stderr.isTTY ? 'plain' : 'json',
});

/** `host` (the default) runs the systems, `generate` makes them anew, and the rest are orders to a host that runs. */
async function main([command = 'host', ...args]: readonly string[]): Promise<void> {
  switch (command) {
    case 'host':
      return host();
    case 'generate':
      return generate(args);
    case 'list':
      return order({ action: 'list' });
    case 'stop':
    case 'start':
      return order({ action: command, system: requireSystem(command, args[0]) });
    default:
      throw new Error(
        `"${command}" is not known; there are host, generate, list, stop <system>, start <system>`,
      );
  }
}

async function host(): Promise<void> {
  const settings = readProvinceSettings(process.env, root);
  const { folder } = settings;
  if (await isHostRunning(folder))
    throw new Error(`A province already runs from ${folder}; stop it, or set LIENTHONG_DATA`);
  // A gateway that starts at the same moment must not read the addresses of yesterday.
  rmSync(join(folder, REGISTRY_FILE), { force: true });
  const layout = readProvinceLayout(source.layoutFile);
  const manifest = await prepareProvince({
    source,
    layout,
    folder,
    wanted: settings,
    output: process.stderr,
  });
  const now = `${new Date(settings.now ?? layout.today).toISOString().slice(0, 19)}Z`;
  const running = await startProvinceHost({ ...settings, source, layout, manifest, now, logger });
  const control = await startHostControl(running, folder);

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    void control[Symbol.asyncDispose]()
      .then(() => running[Symbol.asyncDispose]())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const today = localDay(now);
  const counts = {
    agencies: countAgencies(folder, today),
    systems: running.list().length,
    dossiers: manifest.dossiers,
    today,
  };
  if (process.send === undefined)
    logger.info('The province runs', { ...counts, registry: running.registryFile });
  else process.send(counts);
}

/** Those that exist on the day, by the directory that the gateway reads too. */
function countAgencies(folder: string, day: string): number {
  const records = parseAgencyDirectory(JSON.parse(readFileSync(join(folder, DIRECTORY_FILE), 'utf8')));
  return records.filter(
    ({ validFrom, validTo }) =>
      (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo),
  ).length;
}

async function generate(args: readonly string[]): Promise<void> {
  const settings = readProvinceSettings(process.env, root);
  const layout = readProvinceLayout(source.layoutFile);
  const { folder } = settings;
  const wanted = readGenerateArguments(args, settings);
  const manifest = await makeProvince({ source, layout, folder, wanted, output: process.stderr });
  for (const [system, { rows }] of Object.entries(manifest.systems)) {
    process.stdout.write(`${system.padEnd(24)}${rows.toLocaleString('en').padStart(12)} dossiers\n`);
  }
  await sayIfRunning(folder);
}

async function sayIfRunning(folder: string): Promise<void> {
  if (await isHostRunning(folder))
    process.stdout.write('A province runs from this folder: start it again to see the new rows.\n');
}

function requireSystem(command: string, system: string | undefined): string {
  if (system !== undefined) return system;
  const known = Object.keys(readProvinceLayout(source.layoutFile).systems).join(', ');
  throw new Error(`Which system? province ${command} <system>, one of: ${known}`);
}

async function order(hostOrder: HostOrder): Promise<void> {
  const { folder } = readProvinceSettings(process.env, root);
  const systems = await orderHost(folder, hostOrder);
  for (const system of systems) process.stdout.write(describe(system));
}

function describe({ system, name, phase }: HostedSystem): string {
  return `${system.padEnd(24)}${phase.padEnd(10)}${name}\n`;
}

// `… | head` closes the pipe early: nobody reads on, and that is no fault.
process.stdout.on('error', () => process.exit(0));

main(process.argv.slice(2)).catch((error: unknown) => {
  // What a person can mend is one sentence; the rest is a bug, and its stack is what helps.
  const isPlain = error instanceof ConfigError || (error instanceof Error && error.constructor !== TypeError);
  process.stderr.write(`${isPlain ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
