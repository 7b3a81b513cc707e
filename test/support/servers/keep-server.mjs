// Runs one server for as long as a test run lives: `node keep-server.mjs '{"command":…}'`. It outlives the worker that asked for
// it, ends with the run (also one that was killed), and takes the server's folder with it.
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';

const { command, args, folder, uid, gid, stopSignal, ownerPid, log, keepsFolder } = JSON.parse(
  process.argv[2],
);

const output = openSync(log, 'a');
const server = spawn(command, args, {
  cwd: folder,
  stdio: ['ignore', output, output],
  ...(uid === null ? {} : { uid, gid }),
});
const watch = setInterval(() => {
  if (!isAlive(ownerPid)) stop();
}, 500);

server.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.once('exit', (code) => {
  clearInterval(watch);
  if (!keepsFolder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 0);
});
process.on('SIGTERM', stop);
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the run's end says when.

function stop() {
  server.kill(stopSignal);
  setTimeout(() => server.kill('SIGKILL'), 10_000).unref();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
