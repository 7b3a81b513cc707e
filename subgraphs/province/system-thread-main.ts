import 'reflect-metadata';
import { openSystem } from './open-system';
import { serveThread } from './serve-thread';

void serveThread(openSystem);
