import 'reflect-metadata';
import { openAgencies } from './open-agencies';
import { serveThread } from '../system/serve-thread';

void serveThread(openAgencies);
