import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_PID, SERVERS_FOLDER } from './shared-server';

/** Names the folder where servers will be kept; none is started before a test needs it. */
export default function setUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-servers-'));
  // PostgreSQL runs as another user when the tests run as root.
  chmodSync(folder, 0o711);
  process.env[SERVERS_FOLDER] = folder;
  process.env[RUN_PID] = String(process.pid);
}
