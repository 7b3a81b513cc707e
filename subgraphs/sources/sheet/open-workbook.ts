import { ourFile } from '../../../schema/runtime/built-file';
import { startThread } from '../../../schema/runtime/start-thread';
import { SourceProblem, type SourceProblemCode } from '../source-problem';
import { badFile } from './bad-file';
import { readWorkbook, type SheetTable, type WorkbookSelection } from './read-workbook';

export interface WorkbookTask {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly selection: WorkbookSelection;
}

/** What a thread says; a SourceProblem loses its class on the way. */
export type WorkbookAnswer =
  | { readonly tables: readonly SheetTable[] }
  | {
      readonly problem: {
        readonly code: SourceProblemCode;
        readonly message: string;
        readonly place: string;
      };
    };

/** Up to here reading takes some hundredths of a second; a thread takes as long to start. */
const HERE_BYTES = 256 * 1024;

/** As `readWorkbook`. A large one takes seconds, and this thread may be answering questions: it is read in another. */
export function openWorkbook(
  name: string,
  bytes: Buffer,
  selection: WorkbookSelection,
  hereBytes = HERE_BYTES,
): Promise<readonly SheetTable[]> {
  if (bytes.length > hereBytes) return readInThread({ name, bytes, selection });
  return Promise.resolve().then(() => readWorkbook(name, bytes, selection));
}

function readInThread(task: WorkbookTask): Promise<readonly SheetTable[]> {
  const thread = startThread(ourFile('subgraphs/sources/sheet/workbook-thread-main'), task);
  return new Promise((resolve, reject) => {
    thread.once('message', (answer: WorkbookAnswer) => {
      if ('tables' in answer) return resolve(answer.tables);
      const { code, message, place } = answer.problem;
      reject(new SourceProblem(code, message, place));
    });
    // Also when it runs out of memory.
    thread.once('error', (cause) =>
      reject(badFile(task.name, 'cannot be read: split it into smaller files', cause)),
    );
    thread.once('exit', () => reject(badFile(task.name, 'could not be read to its end', null)));
  });
}
