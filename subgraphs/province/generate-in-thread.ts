import { join } from 'node:path';
import { startThread } from '../../schema/runtime/start-thread';
import type { GenerateProvinceOptions } from './generate-province';
import type { Manifest } from './manifest';

export type GenerationTask = Pick<GenerateProvinceOptions, 'source' | 'folder' | 'seed' | 'dossiers'>;

export type GenerationMessage =
  | { readonly type: 'progress'; readonly written: number }
  | { readonly type: 'done'; readonly manifest: Manifest };

/** Generates apart from the main thread, which stays able to draw the progress and to be interrupted. */
export function generateInThread(task: GenerationTask, report: (written: number) => void): Promise<Manifest> {
  const worker = startThread(join(__dirname, 'generate-thread-main'), task);
  return new Promise((resolve, reject) => {
    worker.on('message', (message: GenerationMessage) => {
      if (message.type === 'progress') report(message.written);
      else resolve(message.manifest);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`Generating ended with code ${code}`)));
  });
}
