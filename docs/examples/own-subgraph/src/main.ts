import 'reflect-metadata';
import { startOwnSystem } from './start';

const host = process.env['HOST'] ?? '127.0.0.1';
startOwnSystem(host, Number(process.env['PORT'] ?? 4100)).then(
  ({ port }) => console.log(`Listening on http://${host}:${port}/dossiers and /procedures`),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
