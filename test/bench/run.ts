import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { startWorld } from './bench-world';
import { ChildProcesses, OTHER_CORE } from './child-processes';
import { chooseContestants } from './contestants';
import { readResults, writeDocs, writeResults } from './docs/write-docs';
import { installPeers } from './install-peers';
import { requireTools } from './load';
import { measureAll } from './measure-all';
import { readOptions, USAGE } from './options';
import { printResults } from './print-results';
import { readQueries } from './queries';

/** `npm run bench`: see docs/bench/README.md. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) return void process.stdout.write(USAGE);
  const options = readOptions(argv, process.env);
  if (options.isDrawing) return writeDocs(readResults());
  const contestants = chooseContestants(options.only);
  requireTools();
  if (contestants.some(({ isPeer }) => isPeer)) installPeers();
  // What this process does must not take the gateway's core.
  spawnSync('taskset', ['-a', '-p', '-c', String(OTHER_CORE), String(process.pid)]);
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-bench-'));
  const children = new ChildProcesses();
  stopOnSignal(children, folder);
  try {
    const world = await startWorld(children, folder, options.profiles);
    const queries = readQueries(join(projectRoot(), 'test', 'bench', 'queries'));
    const results = await measureAll({ children, world, contestants, queries, options });
    printResults(results);
    if (options.isWhole) writeResults(results);
    if (options.isWhole) writeDocs(results);
  } finally {
    await children[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

function stopOnSignal(children: ChildProcesses, folder: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      children.killAll();
      rmSync(folder, { recursive: true, force: true });
      process.exit(130);
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
