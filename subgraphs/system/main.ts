import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAgencyDirectory, parseAgencyDirectory } from '../../schema/agency-directory';
import { CodedError } from '../../schema/runtime/coded-error';
import { createLogger } from '../../schema/runtime/logger';
import { projectRoot } from '../../schema/runtime/project-root';
import { toAgencyDirectoryRecords } from '../agencies/agency-directory-records';
import { readAgencyData } from '../agencies/read-agency-data';
import { readSystemMapping } from '../sources/mapping/read-system-mapping';
import { withCanonicalAgencies } from './canonical-agencies';
import { mappedHoldings } from './mapped-holdings';
import type { MappedTask } from './mapped-task';
import { readServeSettings, SERVE_USAGE, type ServeSettings } from './serve-settings';
import { startSystemThread, type SystemThread } from './system-thread';

const logger = createLogger({
  level: 'info',
  write: (line) => process.stderr.write(line),
  format: process.stderr.isTTY ? 'plain' : 'json',
});

async function main([command, ...args]: readonly string[]): Promise<void> {
  if (command !== 'serve' && command !== '--help' && command !== '-h')
    throw new CodedUsageError(`"system ${command ?? ''}" is not known; there is: system serve FILE…`);
  const settings = command === 'serve' ? readServeSettings(args, process.env, projectRoot()) : null;
  if (settings === null) return void process.stdout.write(SERVE_USAGE);
  const threads = await serve(settings);
  stopOnSignal(threads);
}

class CodedUsageError extends Error {}

/**
 * All mappings are read before any system starts: a mistake in the last is told before the first listens. A system that cannot start is
 * named, and leaves the others alone.
 */
async function serve(settings: ServeSettings): Promise<readonly SystemThread[]> {
  mkdirSync(settings.storeFolder, { recursive: true });
  const directoryFile = settings.directoryFile ?? writeRegisteredDirectory(settings.storeFolder);
  const directory = createAgencyDirectory(
    parseAgencyDirectory(JSON.parse(readFileSync(directoryFile, 'utf8'))),
  );
  const tasks = settings.files.map((mappingFile, i): MappedTask => {
    const mapping = withCanonicalAgencies(mappingFile, readSystemMapping(mappingFile), directory);
    const { host, storeFolder, holidaysFile, catalogueFile, now } = settings;
    return {
      name: mapping.system,
      host,
      port: settings.port === 0 ? 0 : settings.port + i,
      now,
      holdings: mappedHoldings(mapping),
      mappingFile,
      directoryFile,
      holidaysFile,
      catalogueFile,
      storeFolder,
    };
  });
  const threads: SystemThread[] = [];
  const failures: unknown[] = [];
  for (const task of tasks) {
    let thread: SystemThread;
    try {
      thread = await startSystemThread(join(__dirname, 'mapped-thread-main'), task);
    } catch (error) {
      failures.push(error);
      const reason = error instanceof Error ? error.message : String(error);
      logger.error(`${task.name} could not be started: ${reason}`, { error });
      continue;
    }
    threads.push(thread);
    logger.info(`${task.name} answers on http://${task.host}:${thread.port}`, {
      subgraphs: Object.keys(task.holdings),
    });
    void thread.ended.then((error) => {
      if (error === null) return;
      logger.error(`${task.name} crashed; the others live on`, { error });
      process.exitCode = 1;
    });
  }
  if (threads.length === 0) throw failures[0];
  return threads;
}

/** The agencies that come along, for a machine on which no province was generated; `onboard check` takes them too. */
function writeRegisteredDirectory(folder: string): string {
  const file = join(folder, 'registered-agencies.json');
  const data = readAgencyData(join(projectRoot(), 'subgraphs', 'province', 'data'));
  writeFileSync(file, JSON.stringify(toAgencyDirectoryRecords(data)));
  logger.info('The agencies are those of the embedded province: name yours with --directory');
  return file;
}

function stopOnSignal(threads: readonly SystemThread[]): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void Promise.all(threads.map((thread) => thread[Symbol.asyncDispose]())).then(() => process.exit());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

process.stdout.on('error', () => process.exit(0));

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof CodedError || error instanceof CodedUsageError;
  const text = isExpected ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(isExpected ? 2 : 1);
});
