import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OnboardCommand } from './terminal/onboard-command';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Below this folder, without extension; exports `command`. */
  readonly module: string;
}

/** In the order in which a newcomer needs them. Each is loaded only when it is called: `add` needs no database driver. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'inspect',
    summary: 'look at a system and write a first mapping of it',
    module: 'inspect/inspect-command',
  },
  {
    name: 'check',
    summary: 'read a system by its mapping and say what is wrong',
    module: 'check/check-command',
  },
  {
    name: 'conform',
    summary: 'hold a running endpoint against the conformance suite',
    module: 'conform/conform-command',
  },
  { name: 'add', summary: 'put a system into systems.yaml', module: 'registry/add-command' },
  { name: 'remove', summary: 'take a system out of systems.yaml', module: 'registry/remove-command' },
  {
    name: 'drain',
    summary: 'send a system no more queries, and leave it in systems.yaml',
    module: 'registry/drain-command',
  },
];

const load = createRequire(__filename);

export function loadCommand({ module }: CommandEntry): OnboardCommand {
  // Every module of the table exports its command under this name.
  return (load(join(__dirname, module)) as { readonly command: OnboardCommand }).command;
}
