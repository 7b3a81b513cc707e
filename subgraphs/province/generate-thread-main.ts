import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { generateProvince } from './generate-province';
import type { GenerationMessage, GenerationTask } from './generate-in-thread';
import { readProvinceLayout } from './province-layout';

// generateInThread is the only one that starts this file, with a GenerationTask.
const task = workerData as GenerationTask;
const tell = (message: GenerationMessage) => parentPort?.postMessage(message);
const manifest = generateProvince({
  ...task,
  layout: readProvinceLayout(task.source.layoutFile),
  report: (written) => tell({ type: 'progress', written }),
});
tell({ type: 'done', manifest });
