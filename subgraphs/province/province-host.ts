import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../schema/runtime/logger';
import { REGISTRY_FILE, writeWhole } from './data-folder';
import type { Manifest } from './manifest';
import { readProvinceAgencies } from './province-agency';
import type { ProvinceSource } from './province-data';
import type { ProvinceLayout } from './province-layout';
import { printRegistry } from './registry-file';
import { createSeat, leaveSeat, type Seat, takeSeat } from './seat';
import { AGENCIES, createTasks } from './province-tasks';
import { writeFileMappings, writeMapping } from './write-mappings';

export interface ProvinceHostOptions {
  readonly source: ProvinceSource;
  readonly layout: ProvinceLayout;
  readonly manifest: Manifest;
  readonly folder: string;
  /** Where the threads listen. */
  readonly host: string;
  /** The name by which a gateway reaches them. */
  readonly advertisedHost: string;
  /** The agencies subgraph takes it and the systems the next ones; 0: any free ones. */
  readonly firstPort: number;
  /** ISO UTC, whole seconds. */
  readonly now: string;
  readonly logger: Logger;
}

export type SystemPhase = 'running' | 'stopped' | 'crashed';

export interface HostedSystem {
  readonly system: string;
  readonly name: string;
  readonly phase: SystemPhase;
}

export class UnknownSystemError extends Error {
  constructor(system: string, known: readonly string[]) {
    super(`There is no system "${system}". There are: ${known.join(', ')}`);
  }
}

/** The running province: every system in its own thread, and systems.yaml telling where. */
export interface ProvinceHost extends AsyncDisposable {
  list(): readonly HostedSystem[];
  /** Closes the system's port. Stopping what is stopped, and starting what runs, changes nothing. */
  stop(system: string): Promise<HostedSystem>;
  start(system: string): Promise<HostedSystem>;
  readonly registryFile: string;
}

/** Throws when a system cannot start; those that could are stopped again. */
export async function startProvinceHost(options: ProvinceHostOptions): Promise<ProvinceHost> {
  const { folder, layout, logger, manifest } = options;
  const registryFile = join(folder, REGISTRY_FILE);
  const agencies = readProvinceAgencies(options.source.dataFolder).map(({ code, formerCode, name }) => ({
    code,
    formerCode,
    name,
  }));
  const seats = new Map(createTasks({ ...options, agencies }).map((task) => [task.name, createSeat(task)]));
  writeFileMappings({ folder, layout, manifest, agencies });

  function writeServiceMapping(system: string, serviceUrl: string): void {
    const [description, held] = [layout.systems[system], manifest.systems[system]];
    if (description === undefined || held === undefined) return;
    writeMapping({ folder, system, description, held, agencies, serviceUrl });
  }

  async function take(seat: Seat): Promise<void> {
    await takeSeat(seat, { logger, writeServiceMapping });
  }

  const leaveAll = async () => {
    rmSync(registryFile, { force: true });
    await Promise.all([...seats.values()].map(leaveSeat));
  };

  const results = await Promise.allSettled([...seats.values()].map(take));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await leaveAll();
    throw failure.reason;
  }
  const originOf = (name: string) => `http://${options.advertisedHost}:${seats.get(name)?.port}`;
  writeWhole(
    folder,
    REGISTRY_FILE,
    printRegistry({ layout, manifest, agenciesOrigin: originOf(AGENCIES), originOf }),
  );

  const queue = createQueue();
  const systems = Object.keys(layout.systems);
  function seatOf(system: string): Seat {
    const seat = systems.includes(system) ? seats.get(system) : undefined;
    if (seat === undefined) throw new UnknownSystemError(system, systems);
    return seat;
  }
  const describe = (system: string): HostedSystem => ({
    system,
    name: layout.systems[system]?.name ?? system,
    phase: seatOf(system).state.phase,
  });

  return {
    registryFile,
    list: () => systems.map(describe),
    stop: (system) => {
      const seat = seatOf(system);
      return queue(() => leaveSeat(seat).then(() => describe(system)));
    },
    start: (system) => {
      const seat = seatOf(system);
      return queue(async () => {
        if (seat.state.phase !== 'running') await take(seat);
        return describe(system);
      });
    },
    [Symbol.asyncDispose]: () => queue(leaveAll),
  };
}

/** One order after the other: a stop and a start at the same moment must not cross. */
function createQueue(): <Result>(order: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (order) => {
    const next = last.then(order);
    last = next.catch(() => undefined);
    return next;
  };
}
