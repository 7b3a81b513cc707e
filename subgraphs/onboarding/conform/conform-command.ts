import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeZodMistakes } from '../../../schema/runtime/zod-mistakes';
import { BadInputError } from '../../../schema/runtime/coded-error';
import { createPaint } from '../terminal/colours';
import type { CommandIo } from '../terminal/command-io';
import { EXIT, type ExitCode } from '../terminal/exit-code';
import type { OnboardCommand } from '../terminal/onboard-command';
import { startProgress } from '../terminal/progress';
import { readArguments } from '../terminal/read-arguments';
import { UsageError } from '../terminal/usage-error';
import { writeJson } from '../terminal/write-json';
import { SUBGRAPH_NAMES, type SubgraphName } from './contract';
import { detectSubgraph, UnknownSubgraphError } from './detect-subgraph';
import { EndpointUnreachableError } from './endpoint';
import { type Fixture, fixtureSchema, recordFixture } from './fixture';
import { printReport } from './print-report';
import {
  type ConformanceOptions,
  createEndpoint,
  runConformance,
  UnknownCheckError,
} from './run-conformance';

const HELP = `lienthong onboard conform URL [options]

Holds a running subgraph against the contract: schema, GraphQL over HTTP, pages, cursors, filters, figures, entities.
It only reads, at most four requests at a time. It checks relations, not values, so it fits any system's rows; URL is
the subgraph's own address, such as http://127.0.0.1:4310/dossiers. What each check means: docs/conformance.md.

  --subgraph dossiers|procedures   when the endpoint does not say which it is
  --agencies CODE,CODE             agencies that have rows there; by default what GET /holdings declares
  --header 'name: value'           sent with every request; may be given several times
  --timeout MS                     for one answer (10000)
  --now INSTANT                    judged at, such as 2024-06-28T03:00:00Z; by default now
  --only ID,ID                     these checks or groups, such as pages.next or filters
  --sample ROWS                    how many rows are read at most (2000)
  --max-requests N                 (5000)
  --fixture FILE                   compares answers too: JSON, a list of { query, variables, headers, answer }
  --record FILE                    writes such a file from this endpoint, and checks nothing
  --json                           the report as one JSON document

Exit codes: 0 it conforms, 1 it does not, 2 wrong usage, 3 not reachable.
`;

const OPTIONS = {
  subgraph: { type: 'string' },
  agencies: { type: 'string' },
  header: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  now: { type: 'string' },
  only: { type: 'string' },
  sample: { type: 'string' },
  'max-requests': { type: 'string' },
  fixture: { type: 'string' },
  record: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: OnboardCommand = {
  name: 'conform',
  summary: 'hold a running endpoint against the conformance suite',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments(args, { options: OPTIONS, positionals: ['URL'] });
    const options = readOptions(values, positionals[0] ?? '', io);
    const isJson = values.json === true;
    try {
      return values.record === undefined
        ? await conform(options, io, isJson)
        : await record(options, resolve(io.cwd, values.record), io, isJson);
    } catch (error) {
      return tell(error, io, isJson);
    }
  },
};

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

function readOptions(values: Values, url: string, io: CommandIo): ConformanceOptions {
  const { subgraph, agencies, header, timeout, now, only, sample, fixture } = values;
  const maxRequests = values['max-requests'];
  return {
    url: readUrl(url),
    headers: readHeaders(header ?? []),
    signal: io.signal,
    ...(subgraph !== undefined && { subgraph: readSubgraph(subgraph) }),
    ...(agencies !== undefined && { agencies: readList(agencies) }),
    ...(only !== undefined && { only: readList(only) }),
    ...(timeout !== undefined && { timeoutMs: readWhole('--timeout', timeout) }),
    ...(now !== undefined && { now }),
    ...(sample !== undefined && { maxRows: readWhole('--sample', sample) }),
    ...(maxRequests !== undefined && { maxRequests: readWhole('--max-requests', maxRequests) }),
    ...(fixture !== undefined && { fixture: readFixture(resolve(io.cwd, fixture)) }),
  };
}

function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError(
      `URL must be one of http or https, such as http://127.0.0.1:4310/dossiers, got "${text}"`,
    );
  return url.href;
}

function readSubgraph(text: string): SubgraphName {
  const name = SUBGRAPH_NAMES.find((candidate) => candidate === text);
  if (name === undefined)
    throw new UsageError(`--subgraph must be ${SUBGRAPH_NAMES.join(' or ')}, got "${text}"`);
  return name;
}

function readList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The value of a header may be a secret, so it is not repeated. */
function readHeaders(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([A-Za-z0-9-]+):\s*(.+)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError("--header must be like 'authorization: Bearer …'");
      return [name.toLowerCase(), value];
    }),
  );
}

function readWhole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`${name} must be a whole number above 0, got "${text}"`);
  return value;
}

function readFixture(file: string): Fixture {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The fixture ${file} cannot be read: ${String(error)}`, error);
  }
  const parsed = fixtureSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const mistakes = describeZodMistakes(parsed.error, fixtureSchema);
  throw new UsageError(
    `The fixture ${file} is not a list of { query, variables, headers, answer }: ${mistakes.join('; ')}`,
  );
}

async function conform(options: ConformanceOptions, io: CommandIo, isJson: boolean): Promise<ExitCode> {
  using progress = startProgress(io, 'onboard conform', 1);
  const report = await runConformance({
    ...options,
    onCheck({ id }, done, total) {
      progress.update(done, total);
      progress.say(id);
    },
  });
  progress[Symbol.dispose]();
  if (isJson) writeJson(io, report);
  else io.stdout.write(printReport(report, createPaint(io.stdout, io.env)));
  return report.failed === 0 ? EXIT.good : EXIT.findings;
}

async function record(
  options: ConformanceOptions,
  file: string,
  io: CommandIo,
  isJson: boolean,
): Promise<ExitCode> {
  const endpoint = createEndpoint(options);
  const fixture = await recordFixture(endpoint, options.subgraph ?? (await detectSubgraph(endpoint)));
  writeFileSync(file, `${JSON.stringify(fixture, null, 2)}\n`);
  if (isJson) writeJson(io, { file, questions: fixture.length });
  else io.stdout.write(`${fixture.length} questions with their answers were written to ${file}\n`);
  return EXIT.good;
}

function tell(error: unknown, io: CommandIo, isJson: boolean): ExitCode {
  if ([BadInputError, UnknownSubgraphError, UnknownCheckError].some((kind) => error instanceof kind))
    throw new UsageError(error instanceof Error ? error.message : String(error), error);
  if (!(error instanceof EndpointUnreachableError)) throw error;
  io.stderr.write(`${error.message}\n`);
  if (isJson) writeJson(io, { error: { code: 'ENDPOINT_UNREACHABLE', message: error.message } });
  return EXIT.unreachable;
}
