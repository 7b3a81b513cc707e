import type { RecordReader } from '../../sources/copy/record-reader';
import { sqlRecordReader } from '../../sources/copy/sql-record-reader';
import { createRestReader } from '../../sources/rest/rest-reader';
import { createSheetReader } from '../../sources/sheet/sheet-reader';
import { createSoapReader } from '../../sources/soap/soap-reader';
import type { SheetSystem } from '../../sources/mapping/system-mapping';
import { openSqlDatabase } from '../../sources/sql/open-sql-database';
import type { OpenFactsOptions } from './open-system-facts';

/** What reads a system record by record, whatever its kind. */
export async function openReader({ mapping, folder, env }: OpenFactsOptions): Promise<RecordReader> {
  switch (mapping.kind) {
    case 'rest':
      return createRestReader(mapping, { env, baseFolder: folder });
    case 'soap':
      return createSoapReader(mapping, { env, baseFolder: folder });
    case 'sheet':
      return createSheetReader(atRest(mapping), { baseFolder: folder, clock: Date.now });
    case 'sql': {
      const database = await openSqlDatabase(mapping.connection, { env, baseFolder: folder });
      const reader = sqlRecordReader({ mapping, database, clock: () => new Date() });
      return {
        read: (request) => reader.read(request),
        [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
      };
    }
  }
}

/** Whoever asks for a check has put the files there: one that is not whole after all is told as a bad file. */
function atRest(mapping: SheetSystem): SheetSystem {
  return { ...mapping, connection: { ...mapping.connection, settle: 0 } };
}
