import type { CommandIo } from '../terminal/command-io';
import type { ExitCode } from '../terminal/exit-code';
import type { OnboardCommand } from '../terminal/onboard-command';
import { readArguments } from '../terminal/read-arguments';
import { changeSystems } from './change-systems';
import { readRegistryOptions, REGISTRY_OPTIONS, REGISTRY_OPTIONS_HELP } from './command-options';
import { drainSystem } from './drain-system';
import { tellChange } from './tell-change';

const HELP = `lienthong onboard drain NAME [--url URL] [--undo]

Takes a system out of service without taking it out of systems.yaml. Gateways ask it nothing new; what it holds is told as
missing, with SHARD_DRAINING, which says that somebody wanted it so. Requests that have begun are finished.
With --url only one address of several: the others answer, and nothing is missing.

  --url URL           an address of the system; http://host:port means all that it serves there
  --undo              ends it
${REGISTRY_OPTIONS_HELP}
Example: lienthong onboard drain so-y-te --wait --gateway http://10.0.0.4:4000
`;

export const command: OnboardCommand = {
  name: 'drain',
  summary: 'send a system no more queries, and leave it in systems.yaml',
  help: HELP,
  run: drain,
};

async function drain(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    options: { ...REGISTRY_OPTIONS, url: { type: 'string' }, undo: { type: 'boolean', default: false } },
    positionals: ['NAME'],
  });
  const options = readRegistryOptions(values, io);
  const [name = ''] = positionals;
  const changed = await changeSystems(options.path, io.signal, (systems) =>
    drainSystem(systems, name, { url: values.url ?? null, isUndone: values.undo }),
  );
  return tellChange(changed, changed.planned.told, options, io);
}
