import { parentPort, workerData } from 'node:worker_threads';
import { SourceProblem } from '../source-problem';
import { readWorkbook } from './read-workbook';
import type { WorkbookAnswer, WorkbookTask } from './open-workbook';

// openWorkbook starts this file with such a task.
const { name, bytes, selection } = workerData as WorkbookTask;
parentPort?.postMessage(answer());

function answer(): WorkbookAnswer {
  try {
    return { tables: readWorkbook(name, Buffer.from(bytes), selection) };
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    const { code, message, place } = error;
    return { problem: { code, message, place } };
  }
}
