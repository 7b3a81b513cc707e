import 'reflect-metadata';
import { openSystem } from './open-system';
import { serveThread } from '../system/serve-thread';

void serveThread(openSystem);
