import 'reflect-metadata';
import { openAgencies } from './open-agencies';
import { serveThread } from './serve-thread';

void serveThread(openAgencies);
