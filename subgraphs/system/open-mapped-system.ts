import type { Logger } from '../../schema/runtime/logger';
import type { MappedTask } from './mapped-task';
import type { OpenedSystem } from './serve-thread';

/** One system as its mapping describes it. */
export function openMappedSystem(_task: MappedTask, _logger: Logger): Promise<OpenedSystem> {
  throw new Error('to come with the sources');
}
