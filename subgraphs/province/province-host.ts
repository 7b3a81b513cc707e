import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../schema/runtime/logger';
import { catalogueFile, DIRECTORY_FILE, dossiersFile, REGISTRY_FILE, writeWhole } from './data-folder';
import type { Manifest } from './manifest';
import { readProvinceAgencies } from './province-agency';
import { readHolidays } from '../system/read-holidays';
import { holidaysFile, type ProvinceSource } from './province-data';
import type { ProvinceLayout } from './province-layout';
import { printRegistry } from './registry-file';
import { startSystemThread, type SystemThread } from '../system/system-thread';
import type { ProvinceTask, SystemTask } from './thread-task';

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

/** The name of the thread that is no system. */
const AGENCIES = 'agencies';

interface Seat {
  readonly task: ProvinceTask;
  /** The port it had, so that its address stays true when it comes back. */
  port: number;
  state:
    | { readonly phase: 'running'; readonly thread: SystemThread }
    | { readonly phase: 'stopped' }
    | { readonly phase: 'crashed' };
}

/** Throws when a system cannot start; those that could are stopped again. */
export async function startProvinceHost(options: ProvinceHostOptions): Promise<ProvinceHost> {
  const { folder, layout, logger, manifest } = options;
  const registryFile = join(folder, REGISTRY_FILE);
  const seats = new Map(createTasks(options).map((task) => [task.name, createSeat(task)]));

  async function take(seat: Seat): Promise<void> {
    const thread = await startSystemThread(threadFile(seat.task), { ...seat.task, port: seat.port });
    seat.port = thread.port;
    seat.state = { phase: 'running', thread };
    void thread.ended.then((error) => {
      if (error === null) return;
      seat.state = { phase: 'crashed' };
      logger.error(`The system ${seat.task.name} crashed; the others live on`, { error });
    });
  }

  async function leave(seat: Seat): Promise<void> {
    if (seat.state.phase !== 'running') return;
    const { thread } = seat.state;
    seat.state = { phase: 'stopped' };
    await thread[Symbol.asyncDispose]();
  }

  const leaveAll = async () => {
    rmSync(registryFile, { force: true });
    await Promise.all([...seats.values()].map(leave));
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
      return queue(() => leave(seat).then(() => describe(system)));
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

function threadFile({ kind }: ProvinceTask): string {
  return join(__dirname, `${kind}-thread-main`);
}

function createSeat(task: ProvinceTask): Seat {
  return { task, port: task.port, state: { phase: 'stopped' } };
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

function createTasks(options: ProvinceHostOptions): readonly ProvinceTask[] {
  const { source, layout, manifest, folder, host, firstPort, now } = options;
  const agencies = readProvinceAgencies(source.dataFolder).map(({ code, formerCode, name }) => ({
    code,
    formerCode,
    name,
  }));
  const holidays = readHolidays(holidaysFile(source.dataFolder));
  const portOf = (place: number) => (firstPort === 0 ? 0 : firstPort + place);
  const systems = Object.entries(layout.systems).map(([name, description], index): SystemTask => {
    const { procedures, dossiers } = manifest.systems[name] ?? {};
    return {
      kind: 'system',
      name,
      host,
      port: portOf(index + 1),
      now,
      holdings: { ...(procedures && { procedures }), ...(dossiers && { dossiers }) },
      layout: description.layout,
      agencies,
      directoryFile: join(folder, DIRECTORY_FILE),
      holidays,
      catalogueFile: procedures === undefined ? null : join(folder, catalogueFile(name)),
      dossiersFile: dossiers === undefined ? null : join(folder, dossiersFile(name)),
    };
  });
  const { dataFolder } = source;
  return [
    {
      kind: 'agencies',
      name: AGENCIES,
      host,
      port: portOf(0),
      now,
      holdings: {},
      dataFolder,
      siteDomain: layout.siteDomain,
    },
    ...systems,
  ];
}
