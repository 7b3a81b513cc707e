import type { Holiday } from '../../schema/calendar';
import type { WrittenAgency } from './dossier-writer';
import type { LayoutName } from './province-layout';

/** What one thread serves; given to it when it starts, so everything here is plain data. */
export type ThreadTask = AgenciesTask | SystemTask;

interface CommonTask {
  readonly name: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** ISO UTC, whole seconds: the clock of a caller that sends none. */
  readonly now: string;
  readonly holdings: Readonly<Record<string, readonly string[]>>;
}

/** The subgraph that is not sharded. */
export interface AgenciesTask extends CommonTask {
  readonly kind: 'agencies';
  readonly dataFolder: string;
  readonly siteDomain: string;
}

export interface SystemTask extends CommonTask {
  readonly kind: 'system';
  readonly layout: LayoutName;
  /** Those that the dossiers were written with, in the same order. */
  readonly agencies: readonly WrittenAgency[];
  readonly directoryFile: string;
  /** Of the working calendar. */
  readonly holidays: readonly Holiday[];
  readonly catalogueFile: string | null;
  readonly dossiersFile: string | null;
}

/** What a thread tells its parent once its port is open and it can answer. */
export interface ThreadReady {
  readonly type: 'ready';
  readonly port: number;
}

/** The one thing a parent tells a thread. */
export const STOP_MESSAGE = 'stop';
