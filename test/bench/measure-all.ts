import type { World } from './bench-world';
import type { ChildProcesses } from './child-processes';
import type { Contestant } from './contestants';
import { measureBig } from './measure-big';
import { measureScatter } from './measure-scatter';
import { measureStarts } from './measure-starts';
import { measureThroughput } from './measure-throughput';
import type { Options } from './options';
import { bodyOf, type Queries } from './queries';
import { runFacts, type Results } from './results';

interface Job {
  readonly children: ChildProcesses;
  readonly world: World;
  readonly contestants: readonly Contestant[];
  readonly queries: Queries;
  readonly options: Options;
}

/** Every part that was asked, one after the other. */
export async function measureAll(job: Job): Promise<Results> {
  const { children, world, queries, options } = job;
  const asks = (part: string): boolean => options.parts.has(part);
  const three = [queries.small, queries.medium, queries.heavy];
  const equal = three.filter(({ name }) => asks(name));
  const varied = asks('varied') ? three : [];
  const firstBody = bodyOf(queries.small, 0);
  // Starts come first: nothing has warmed or tired the machine.
  if (asks('starts')) console.log('starts …');
  const starts = asks('starts') ? await measureStarts(job) : null;
  const isLoaded = equal.length > 0 || varied.length > 0;
  const throughput = isLoaded ? await measureThroughput({ ...job, equal, varied, firstBody }) : null;
  if (asks('scatter')) console.log('scatter …');
  const scatter = asks('scatter')
    ? await measureScatter({ children, world, query: queries.scatter, options })
    : null;
  if (asks('big')) console.log('big …');
  const big = asks('big') ? await measureBig(job) : null;
  return { ...runFacts(options), throughput, starts, scatter, big };
}
