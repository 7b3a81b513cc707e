import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CodedError } from '../schema/runtime/coded-error';
import { ConfigError } from '../schema/runtime/config-error';
import { createLogger, type Logger } from '../schema/runtime/logger';
import { projectRoot } from '../schema/runtime/project-root';
import { type Arguments, readConfig } from './config';
import { createGateway } from './gateway';

const USAGE = `Usage: lienthong gateway [--supergraph FILE] [--port N] [--config FILE]

Serves a Federation 2 supergraph: /graphql, /healthz, /readyz, and a page to try queries at /.

  --supergraph FILE   the composed supergraph (LIENTHONG_SUPERGRAPH; default: the province's own)
  --port N            0 lets the system choose (PORT; default 4000)
  --config FILE       settings in YAML (LIENTHONG_CONFIG; every setting: docs/lienthong.example.yaml)
  --help              this text

Environment: HOST (default 127.0.0.1), PORT, LIENTHONG_SUPERGRAPH, LIENTHONG_REGISTRY, LIENTHONG_NOW,
LIENTHONG_CONFIG, LIENTHONG_CORS_ORIGINS, LIENTHONG_SECRET, LIENTHONG_SECRET_PREVIOUS, LIENTHONG_GATEWAYS,
LIENTHONG_LOG_LEVEL. The command line wins over the environment, the environment over the file.
`;

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  if (args.help) return void process.stdout.write(USAGE);
  const root = projectRoot();
  const config = readConfig(args, process.env, {
    supergraph: join(root, 'schema', 'supergraph.graphql'),
    operations: join(root, 'schema', 'operations'),
    workingFolder: process.cwd(),
  });
  const logger = createLogger({
    level: config.logLevel,
    write: (line) => void process.stderr.write(line),
    format: process.stderr.isTTY ? 'plain' : 'json',
  });
  const pageFolder = join(root, 'dist', 'page');
  const gateway = await createGateway(config, { logger, clock: () => new Date(), pageFolder }).start();
  logger.info(`The gateway listens on ${gateway.url}`, { supergraph: config.supergraph });
  stopOnSignal(gateway, logger);
}

function readArguments(argv: readonly string[]): Arguments & { readonly help: boolean } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { supergraph: text, port: text, config: text, help: { type: 'boolean', default: false } },
    });
    return values;
  } catch (error) {
    throw new ConfigError('The command line', [`${describe(error)}. See --help`]);
  }
}

/** The second signal does not wait. */
function stopOnSignal(gateway: AsyncDisposable, logger: Logger): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.info('The gateway stops', { signal });
    gateway[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('The gateway did not stop cleanly', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  // What the operator can act on is one clear message; a fault of ours needs its stack.
  const isExpected = error instanceof CodedError;
  process.stderr.write(
    `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});
