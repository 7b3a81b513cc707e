import type { Holiday } from '../../schema/calendar';
import type { MappedTask } from '../system/mapped-task';
import type { ThreadTask } from '../system/thread-task';
import type { WrittenAgency } from './dossier-writer';
import type { ServiceLayoutName, TableLayoutName } from './province-layout';

/** The subgraph that is not sharded. */
export interface AgenciesTask extends ThreadTask {
  readonly kind: 'agencies';
  readonly dataFolder: string;
  readonly siteDomain: string;
}

export interface SystemTask extends ThreadTask {
  readonly kind: 'system';
  readonly layout: TableLayoutName;
  /** Those that the dossiers were written with, in the same order. */
  readonly agencies: readonly WrittenAgency[];
  readonly directoryFile: string;
  /** Of the working calendar. */
  readonly holidays: readonly Holiday[];
  readonly catalogueFile: string | null;
  readonly dossiersFile: string | null;
}

/** A system that a mapping describes, and the agency's own service, if the mapping is of one. */
export interface CopiedTask extends MappedTask {
  readonly kind: 'mapped';
  readonly service: ServiceTask | null;
}

/** The agency's own service: what it keeps is nobody else's to read. */
export interface ServiceTask extends ThreadTask {
  readonly layout: ServiceLayoutName;
  readonly agencies: readonly WrittenAgency[];
  readonly dossiersFile: string | null;
  readonly catalogueFile: string | null;
  /** Where the password is kept that it asks for. */
  readonly passwordFile: string;
}

export type ProvinceTask = AgenciesTask | SystemTask | CopiedTask;
