import type { CommandIo } from '../terminal/command-io';
import { EXIT, type ExitCode } from '../terminal/exit-code';
import type { OnboardCommand } from '../terminal/onboard-command';
import { readArguments } from '../terminal/read-arguments';
import { changeSystems } from './change-systems';
import {
  readRegistryOptions,
  REGISTRY_OPTIONS,
  REGISTRY_OPTIONS_HELP,
  type RegistryOptions,
} from './command-options';
import { drainSystem } from './drain-system';
import { readSystems } from './opened-systems';
import { removeSystem, type RemoveOptions } from './remove-system';
import { tellChange } from './tell-change';

const HELP = `lienthong onboard remove NAME

Takes a system out of systems.yaml. It must be draining, so that nothing it does is cut off when it is stopped afterwards.

  --now               although it is not draining
  --yes               although some agencies are then held by no system
  --unexpect          and takes those agencies out of subgraphs.*.expected: nothing is missing then, and nothing is said
${REGISTRY_OPTIONS_HELP}
With --wait a system that is not draining is drained first, and taken out when every gateway has adopted that.

Example: lienthong onboard remove so-y-te --wait --gateway http://10.0.0.4:4000
`;

export const command: OnboardCommand = {
  name: 'remove',
  summary: 'take a system out of systems.yaml',
  help: HELP,
  run: remove,
};

async function remove(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    options: {
      ...REGISTRY_OPTIONS,
      now: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      unexpect: { type: 'boolean', default: false },
    },
    positionals: ['NAME'],
  });
  const options = readRegistryOptions(values, io);
  const [name = ''] = positionals;
  const how = { isSure: values.yes, isNow: values.now, unexpects: values.unexpect };
  if (!how.isNow && options.wait !== null) {
    const exitCode = await drainFirst(name, how, options, io);
    if (exitCode !== EXIT.good) return exitCode;
  }
  const changed = await changeSystems(options.path, io.signal, (systems) => removeSystem(systems, name, how));
  return tellChange(changed, changed.planned.told, options, io);
}

/** Asks first whether the removal will be allowed: a system must not be left draining because of a question. */
async function drainFirst(
  name: string,
  how: RemoveOptions,
  options: RegistryOptions,
  io: CommandIo,
): Promise<ExitCode> {
  removeSystem(readSystems(options.path), name, { ...how, isNow: true });
  const changed = await changeSystems(options.path, io.signal, (systems) =>
    drainSystem(systems, name, { url: null, isUndone: false }),
  );
  if (changed.planned.text === null) return EXIT.good;
  return tellChange(
    changed,
    changed.planned.told,
    { ...options, isJson: false },
    { ...io, stdout: io.stderr },
  );
}
