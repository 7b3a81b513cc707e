import type { RecordReader } from '../../sources/copy/record-reader';
import type { SystemMapping } from '../../sources/mapping/system-mapping';
import { openRecordReader } from '../../sources/open-record-reader';
import type { OpenFactsOptions } from './open-system-facts';

/** What reads a system record by record, for one pass. */
export function openReader({ mapping, folder, env }: OpenFactsOptions): Promise<RecordReader> {
  return openRecordReader(atRest(mapping), { env, baseFolder: folder, clock: () => new Date() });
}

/** Whoever asks for a check has put the files there: one that is not whole after all is told as a bad file. */
function atRest(mapping: SystemMapping): SystemMapping {
  if (mapping.kind !== 'sheet') return mapping;
  return { ...mapping, connection: { ...mapping.connection, settle: 0 } };
}
