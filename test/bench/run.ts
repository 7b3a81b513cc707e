import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { startWorld } from './bench-world';
import { ChildProcesses } from './child-processes';
import { chooseContestants } from './contestants';
import { installPeers } from './install-peers';
import { requireWrk } from './load';
import { measureThroughput } from './measure-throughput';
import { readOptions, USAGE } from './options';
import { printThroughput } from './print-throughput';
import { readQueries } from './queries';

/** `npm run bench`: see docs/bench/README.md. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) return void process.stdout.write(USAGE);
  const queries = readQueries(join(projectRoot(), 'test', 'bench', 'queries'));
  const options = readOptions(
    argv,
    process.env,
    queries.map(({ name }) => name),
  );
  const contestants = chooseContestants(options.only);
  requireWrk();
  if (contestants.some(({ isPeer }) => isPeer)) installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-bench-'));
  const children = new ChildProcesses();
  stopOnSignal(children, folder);
  try {
    const world = await startWorld(children, folder);
    const asked = queries.filter(({ name }) => options.queries.includes(name));
    const results = await measureThroughput({ children, world, contestants, queries: asked, options });
    printThroughput(results, options);
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
