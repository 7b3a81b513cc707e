import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type AgencyDirectory,
  createAgencyDirectory,
  parseAgencyDirectory,
} from '../../schema/agency-directory';
import { createWorkingCalendar } from '../../schema/calendar';
import type { Logger } from '../../schema/runtime/logger';
import type { SubgraphNotes, SubgraphProblem } from '../../schema/subgraph-notes';
import type { DossierSource } from '../dossiers/dossier-source';
import { buildDossiersSchema, createDossiersContext } from '../dossiers/schema';
import type { ProcedureStore } from '../procedures/procedure-store';
import { buildProceduresSchema, createProceduresContext } from '../procedures/schema';
import type { CopyHealth } from '../sources/copy/copy-system';
import { type OpenCopy, openCopy } from '../sources/copy/open-copy';
import { copiedCollections } from '../sources/copy/record-row-reader';
import { readSystemMapping } from '../sources/mapping/read-system-mapping';
import type { SystemMapping } from '../sources/mapping/system-mapping';
import { openRecordReader } from '../sources/open-record-reader';
import { KeptFigures } from '../sources/figures/kept-figures';
import { withKeptFigures } from '../sources/figures/with-kept-figures';
import type { LiveDossiers } from '../sources/sql/live/live-dossiers';
import { openLiveDossiers } from '../sources/sql/live/open-live-dossiers';
import { withCanonicalAgencies } from './canonical-agencies';
import type { Subgraph } from './graphql-endpoint';
import type { MappedTask } from './mapped-task';
import { procedureOfName } from './procedure-of-name';
import { readHolidays } from './read-holidays';
import { readProvinceCatalogue } from './read-province-catalogue';
import type { OpenedSystem } from './serve-thread';

/**
 * One system as its mapping describes it: copies are served as they were left and brought up to date from now on, live dossiers are asked
 * where they are. A system that cannot be reached is opened all the same, says so with every answer, and heals by itself.
 */
export async function openMappedSystem(task: MappedTask, logger: Logger): Promise<OpenedSystem> {
  const directory = createAgencyDirectory(
    parseAgencyDirectory(JSON.parse(readFileSync(task.directoryFile, 'utf8'))),
  );
  const mapping = withCanonicalAgencies(task.mappingFile, readSystemMapping(task.mappingFile), directory);
  await using stack = new AsyncDisposableStack();
  const copy = await startCopy(task, mapping, logger, stack);
  const live = await openLive(task, mapping, copy, stack);
  const figures = startFigures(mapping, live, stack);
  const source = live && figures ? withKeptFigures(live, figures) : live;
  const subgraphs = {
    ...(copy?.catalogue && {
      procedures: proceduresOf(copy.catalogue, directory, () => copyNotes(copy.copier.health('procedures'))),
    }),
    ...(copy?.dossiers && {
      dossiers: dossiersOf(copy.dossiers, directory, () => copyNotes(copy.copier.health('dossiers'))),
    }),
    ...(live && source && { dossiers: dossiersOf(source, directory, () => liveNotes(live)) }),
  };
  const opened = stack.move();
  return {
    subgraphs,
    health: () => ({
      subgraphs: Object.fromEntries(Object.entries(subgraphs).map(healthOf)),
      ...(figures && { figures: figures.health() }),
    }),
    close: () => opened.disposeAsync(),
  };
}

async function startCopy(
  task: MappedTask,
  mapping: SystemMapping,
  logger: Logger,
  stack: AsyncDisposableStack,
): Promise<OpenCopy | null> {
  if (copiedCollections(mapping).length === 0) return null;
  const clock = () => new Date();
  const baseFolder = dirname(task.mappingFile);
  const reader = stack.use(await openRecordReader(mapping, { env: process.env, baseFolder, clock }));
  const copy = stack.use(
    await openCopy({
      mapping,
      reader,
      folder: task.storeFolder,
      calendar: createWorkingCalendar(readHolidays(task.holidaysFile)),
      clock,
      logger,
      provinceProcedures: () => readProvinceCatalogue(task.catalogueFile),
    }),
  );
  const stopping = new AbortController();
  const running = copy.copier.run(stopping.signal);
  stack.defer(async () => {
    stopping.abort();
    await running;
  });
  return copy;
}

async function openLive(
  task: MappedTask,
  mapping: SystemMapping,
  copy: OpenCopy | null,
  stack: AsyncDisposableStack,
): Promise<LiveDossiers | null> {
  if (mapping.kind !== 'sql' || mapping.mode !== 'live' || mapping.dossiers === undefined) return null;
  const { byName } = mapping.dossiers.procedure ?? {};
  return stack.use(
    await openLiveDossiers(mapping, {
      env: process.env,
      baseFolder: dirname(task.mappingFile),
      holidays: readHolidays(task.holidaysFile),
      ...(byName != null && {
        procedureOf: procedureOfName(byName, copy, () => readProvinceCatalogue(task.catalogueFile)),
      }),
    }),
  );
}

/** Disposed of before the database that they are read from. */
function startFigures(
  mapping: SystemMapping,
  live: LiveDossiers | null,
  stack: AsyncDisposableStack,
): KeptFigures | null {
  if (live === null || mapping.kind !== 'sql' || !mapping.figures.keep) return null;
  const { every: everyMs, fullEvery: fullEveryMs } = mapping.figures;
  const served = () => live.served();
  const figures = stack.use(new KeptFigures({ served, everyMs, fullEveryMs, clock: () => new Date() }));
  figures.start();
  return figures;
}

type Notes = () => SubgraphNotes;

function proceduresOf(store: ProcedureStore, directory: AgencyDirectory, notes: Notes): Subgraph {
  const deps = { store, directory };
  return {
    schema: buildProceduresSchema(deps),
    createContext: (now) => createProceduresContext(deps, { now }),
    notes,
  };
}

function dossiersOf(source: DossierSource, directory: AgencyDirectory, notes: Notes): Subgraph {
  const deps = { source, directory };
  return {
    schema: buildDossiersSchema(deps),
    createContext: (now) => createDossiersContext(deps, { now }),
    notes,
  };
}

function copyNotes({ asOf, problem, isStale }: CopyHealth): SubgraphNotes {
  const stale: SubgraphProblem = {
    code: 'SOURCE_STALE',
    message: 'The copy was not brought up to date for longer than it should be',
    since: asOf,
  };
  return {
    asOf,
    problems: [...(problem === null ? [] : [problem]), ...(isStale && asOf !== null ? [stale] : [])],
  };
}

function liveNotes(live: LiveDossiers): SubgraphNotes {
  return {
    asOf: null,
    problems: live.problems().map(({ code, message }) => ({ code, message, since: null })),
  };
}

/** For whoever runs the system: what the gateway's clients are never told stands here. */
function healthOf([name, { notes }]: [string, Subgraph]): [string, SubgraphNotes | null] {
  return [name, notes?.() ?? null];
}
