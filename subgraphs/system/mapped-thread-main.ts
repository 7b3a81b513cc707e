import 'reflect-metadata';
import type { MappedTask } from './mapped-task';
import { openMappedSystem } from './open-mapped-system';
import { serveThread } from './serve-thread';

void serveThread<MappedTask>(openMappedSystem);
