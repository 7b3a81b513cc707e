import type { Holiday } from '../../schema/calendar';
import type { ThreadTask } from '../system/thread-task';
import type { WrittenAgency } from './dossier-writer';
import type { LayoutName } from './province-layout';

/** The subgraph that is not sharded. */
export interface AgenciesTask extends ThreadTask {
  readonly kind: 'agencies';
  readonly dataFolder: string;
  readonly siteDomain: string;
}

export interface SystemTask extends ThreadTask {
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

export type ProvinceTask = AgenciesTask | SystemTask;
