import 'reflect-metadata';
import { runOnboard } from './run-onboard';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

// `… | head` closes the pipe early: nobody reads on, and that is no fault.
process.stdout.on('error', () => process.exit(0));

void runOnboard(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
