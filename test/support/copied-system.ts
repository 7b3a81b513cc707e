import { createLogger, type Logger } from '../../schema/runtime/logger';
import { createWorkingCalendar, type WorkingCalendar } from '../../schema/calendar';
import type { RecordReader } from '../../subgraphs/sources/copy/record-reader';
import { type OpenCopy, openCopy } from '../../subgraphs/sources/copy/open-copy';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import type { SystemMapping } from '../../subgraphs/sources/mapping/system-mapping';

export const SILENT: Logger = createLogger({ level: 'silent', write: () => undefined });

/** A REST system of two agencies whose dossiers have the plainest names; `more` is added to the dossiers. */
export function plainMapping(more = '', rest = ''): SystemMapping {
  return parseSystemMapping(
    'plain.yaml',
    `
version: 1
system: plain
name: A plain system
kind: rest
agencies: [H23.X01, H23.X02]
connection: { baseUrl: http://127.0.0.1:1 }
dossiers:
  from: { path: /dossiers }
  code: code
  aliases: [receipt]
  receivingAgency: { column: agency, values: { "1": H23.X01, "2": H23.X02 } }
  status: { columns: [status], values: [{ when: [open], status: 4 }, { when: [done], status: 10 }] }
  dates:
    received: { column: received, format: local-text }
    due: { column: due, format: vietnamese }
  deleted: { column: removed, values: [1] }
  updatedAt: { column: changed, format: epoch-ms }
${more}
${rest}`,
  );
}

export interface CopyUnderTest {
  readonly mapping: SystemMapping;
  readonly reader: RecordReader;
  readonly folder: string;
  readonly clock?: () => Date;
  readonly calendar?: WorkingCalendar;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function openTestCopy({
  clock = () => new Date('2024-06-28T03:00:00Z'),
  calendar = createWorkingCalendar([]),
  ...options
}: CopyUnderTest): Promise<OpenCopy> {
  return openCopy({ ...options, clock, logger: SILENT, calendar });
}
