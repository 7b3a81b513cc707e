import type { Environment } from '../../schema/runtime/environment';
import type { RecordReader } from './copy/record-reader';
import { sqlRecordReader } from './copy/sql-record-reader';
import type { SystemMapping } from './mapping/system-mapping';
import { createRestReader } from './rest/rest-reader';
import { createSheetReader } from './sheet/sheet-reader';
import { createSoapReader } from './soap/soap-reader';
import { openSqlDatabase } from './sql/open-sql-database';

export interface OpenReaderOptions {
  readonly env: Environment;
  /** The mapping's own folder: files that it names are relative to it. */
  readonly baseFolder: string;
  readonly clock: () => Date;
}

/** What reads the lists of a system of any kind, record by record. @throws SourceProblem as `openSqlDatabase` does. */
export async function openRecordReader(
  mapping: SystemMapping,
  { env, baseFolder, clock }: OpenReaderOptions,
): Promise<RecordReader> {
  switch (mapping.kind) {
    case 'rest':
      return createRestReader(mapping, { env, baseFolder, clock: () => clock().getTime() });
    case 'soap':
      return createSoapReader(mapping, { env, baseFolder, clock: () => clock().getTime() });
    case 'sheet':
      return createSheetReader(mapping, { baseFolder, clock: () => clock().getTime() });
    case 'sql': {
      const database = await openSqlDatabase(mapping.connection, { env, baseFolder });
      const reader = sqlRecordReader({ mapping, database, clock });
      return {
        read: (request) => reader.read(request),
        [Symbol.asyncDispose]: async () => {
          await reader[Symbol.asyncDispose]();
          await database[Symbol.asyncDispose]();
        },
      };
    }
  }
}
