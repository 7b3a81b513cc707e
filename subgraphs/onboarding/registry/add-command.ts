import { SourceProblem } from '../../sources/source-problem';
import type { CommandIo } from '../terminal/command-io';
import { EXIT, type ExitCode } from '../terminal/exit-code';
import type { OnboardCommand } from '../terminal/onboard-command';
import { readArguments } from '../terminal/read-arguments';
import { UsageError } from '../terminal/usage-error';
import { writeJson } from '../terminal/write-json';
import { addSystem } from './add-system';
import { changeSystems } from './change-systems';
import { checkEndpoint, type EndpointReport, type SystemToCheck } from './check-endpoint';
import {
  readRegistryOptions,
  REGISTRY_OPTIONS,
  REGISTRY_OPTIONS_HELP,
  type RegistryOptions,
} from './command-options';
import { type OpenedSystems, readSystems } from './opened-systems';
import { tellChange } from './tell-change';
import { readDescription, wantedSystem, type WantedSystem } from './wanted-system';

const HELP = `lienthong onboard add FILE --url http://host:port [--url …]
lienthong onboard add --system NAME --agencies CODE,… --subgraph NAME,… --url http://host:port

Puts a system into systems.yaml, once everything about it is right: gateways adopt it within a second.
FILE is the mapping of the system; it says who it is and whose rows it holds.

  --url URL           where it answers; once more for each replica. Of http://host:port each subgraph is at /its-name;
                      elsewhere {subgraph} stands for the name: http://host/api/{subgraph}
  --system NAME       for a system without a mapping, with --agencies, --subgraph, and --name as its label
  --position PLACE    before:NAME or last. Of a row that two systems have, the first one's is shown
  --no-expect         leaves subgraphs.*.expected as it is. Else the agencies are added there: what a system is
                      registered for is missed, and said to be, once nobody holds it any more
  --replace           where the name stands already with another content
  --force             although it does not answer yet, or declares at /holdings that it holds something else
${REGISTRY_OPTIONS_HELP}
Example: lienthong onboard add so-y-te.yaml --url http://10.0.0.9:4100 --wait --gateway http://10.0.0.4:4000
`;

const OPTIONS = {
  ...REGISTRY_OPTIONS,
  url: { type: 'string', multiple: true },
  system: { type: 'string' },
  name: { type: 'string' },
  agencies: { type: 'string', multiple: true },
  subgraph: { type: 'string', multiple: true },
  position: { type: 'string' },
  expect: { type: 'boolean', default: false },
  'no-expect': { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

export const command: OnboardCommand = {
  name: 'add',
  summary: 'put a system into systems.yaml',
  help: HELP,
  run: add,
};

async function add(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const hasMapping = !args.some((arg) => arg === '--system' || arg.startsWith('--system='));
  const { values, positionals } = readArguments(args, {
    options: OPTIONS,
    positionals: hasMapping ? ['FILE'] : [],
  });
  const options = readRegistryOptions(values, io);
  const before = readPosition(values.position);
  if (values.expect && values['no-expect'])
    throw new UsageError('--expect and --no-expect exclude each other');
  const addresses = values.url ?? [];
  if (addresses.length === 0) throw new UsageError('--url is missing: where the system answers');
  const description = readDescription(positionals, values, io.cwd);
  const current = readSystems(options.path);
  const wanted = wantedSystem(description, addresses, current);
  const report = await checkEndpoint(toCheck(wanted, current), io.signal);
  if (!values.force) {
    requireAnswer(wanted, report);
    if (report.differences.length > 0) return tellDifferences(wanted, report, options, io);
  }
  const changed = await changeSystems(options.path, io.signal, (systems) =>
    addSystem(systems, wantedSystem(description, addresses, systems), {
      before,
      replaces: values.replace,
      expects: !values['no-expect'],
    }),
  );
  const { told } = changed.planned;
  const notes = [...told.notes, ...report.silent, ...report.differences, ...report.notes];
  return tellChange(changed, { ...told, notes }, options, io);
}

function readPosition(text = 'last'): string | null {
  if (text === 'last') return null;
  const name = /^before:(.+)$/.exec(text)?.[1];
  if (name === undefined) throw new UsageError(`--position takes before:NAME or last, not "${text}"`);
  return name;
}

function toCheck({ name, subgraphs }: WantedSystem, { directory }: OpenedSystems): SystemToCheck {
  const shares = Object.entries(subgraphs).map(([subgraph, held]) => ({ subgraph, ...held }));
  return { name, directory, subgraphs: shares };
}

function requireAnswer({ name }: WantedSystem, { silent }: EndpointReport): void {
  if (silent.length === 0) return;
  const wayOut = 'Nothing was written; start it, or add it all the same with --force';
  throw new SourceProblem('SOURCE_UNREACHABLE', `${silent.join('\n')}\n${wayOut}`, name);
}

function tellDifferences(
  { name }: WantedSystem,
  { differences }: EndpointReport,
  { isJson }: RegistryOptions,
  io: CommandIo,
): ExitCode {
  if (isJson) writeJson(io, { system: name, change: 'refused', isChanged: false, differences });
  else {
    for (const difference of differences) io.stdout.write(`${difference}\n`);
    io.stdout.write(
      'Nothing was written: correct the mapping or the system, or add it all the same with --force\n',
    );
  }
  return EXIT.findings;
}
