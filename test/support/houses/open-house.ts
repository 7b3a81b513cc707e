import { createWorkingCalendar } from '../../../schema/calendar';
import type { Environment } from '../../../schema/runtime/environment';
import type { SystemMapping } from '../../../subgraphs/sources/mapping/system-mapping';
import { openRecordReader } from '../../../subgraphs/sources/open-record-reader';
import type { LiveDossiers } from '../../../subgraphs/sources/sql/live/live-dossiers';
import {
  type LiveDossiersOptions,
  openLiveDossiers,
} from '../../../subgraphs/sources/sql/live/open-live-dossiers';
import { openTestCopy } from '../copied-system';
import { eventually } from '../eventually';
import { temporaryFolder } from '../sheet-folder';
import type { House, HouseRows } from './house';

export interface OpenHouseOptions {
  readonly mapping: SystemMapping;
  readonly env?: Environment;
  /** What files that the mapping names are relative to. */
  readonly baseFolder: string;
  /** What goes with the house: the system itself. */
  readonly system: AsyncDisposableStack;
}

/** As openMappedSystem opens a mapping, with one whole copy made before anyone asks. */
export async function openHouse(
  { holidays }: HouseRows,
  { mapping, env = {}, baseFolder, system }: OpenHouseOptions,
): Promise<House> {
  await using stack = new AsyncDisposableStack();
  stack.use(system);
  const clock = () => new Date();
  const reader = stack.use(await openRecordReader(mapping, { env, baseFolder, clock }));
  const store = stack.use(temporaryFolder());
  const calendar = createWorkingCalendar(holidays);
  const copy = stack.use(await openTestCopy({ mapping, reader, folder: store.path, calendar, clock }));
  await copy.copier.copyOnce({ signal: new AbortController().signal });
  const { problem } = copy.health();
  if (problem !== null) throw new Error(`${mapping.system}: ${problem.code} ${problem.message}`);
  const { catalogue } = copy;
  if (catalogue === null) throw new TypeError('Every house has a catalogue');
  await eventually(
    () => catalogue.isServing,
    (isServing) => isServing,
  );
  const dossiers = copy.dossiers ?? stack.use(await openLive(mapping, { env, baseFolder, holidays }));
  const opened = stack.move();
  return { dossiers, catalogue, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function openLive(mapping: SystemMapping, options: LiveDossiersOptions): Promise<LiveDossiers> {
  if (mapping.kind !== 'sql') throw new TypeError('Only databases are asked live');
  const live = await openLiveDossiers(mapping, options);
  const [problem] = live.problems();
  if (problem === undefined) return live;
  await live[Symbol.asyncDispose]();
  throw problem;
}
