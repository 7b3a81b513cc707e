import type { ThreadTask } from './thread-task';

/** One system that a mapping describes. */
export interface MappedTask extends ThreadTask {
  readonly mappingFile: string;
  readonly directoryFile: string;
  readonly holidaysFile: string;
  /** The catalogue of the province, for dossiers that name their procedure; null when there is none. */
  readonly catalogueFile: string | null;
  /** Where copies are kept. */
  readonly storeFolder: string;
}
