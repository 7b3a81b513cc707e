import { createPaint } from '../terminal/colours';
import type { CommandIo } from '../terminal/command-io';
import { EXIT, type ExitCode } from '../terminal/exit-code';
import { writeJson } from '../terminal/write-json';
import { awaitGateways, type GatewayOutcome } from './await-gateways';
import type { ChangedSystems, PlannedChange } from './change-systems';
import type { RegistryOptions } from './command-options';
import { readSystems } from './opened-systems';

/** What a command did to the registry, in words. */
export interface ToldChange {
  readonly system: string;
  /** One word, for programs: added, replaced, removed, draining, … or unchanged. */
  readonly change: string;
  /** The same as a sentence. */
  readonly sentence: string;
  /** What whoever asked for it should know. */
  readonly notes: readonly string[];
}

const OUTCOMES: Readonly<Record<GatewayOutcome['outcome'], string>> = {
  adopted: 'has adopted it',
  refused: 'refuses it',
  late: 'has not adopted it in time',
  unreachable: 'does not answer',
};

/** A change with what is to be told of it. */
export interface ToldPlan extends PlannedChange {
  readonly told: ToldChange;
}

/** Tells a change and, if asked, waits until the gateways have it. */
export async function tellChange(
  changed: ChangedSystems,
  told: ToldChange,
  options: RegistryOptions,
  io: CommandIo,
): Promise<ExitCode> {
  if (!options.isJson) writeChange(changed, told, io);
  const gateways = await waitFor(changed, options, io.signal);
  if (options.isJson) {
    const { system, change, notes } = told;
    const { file, version } = changed.after;
    const isChanged = change !== 'unchanged';
    const previousVersion = changed.before.version;
    writeJson(io, { system, change, isChanged, file, version, previousVersion, notes, gateways });
  } else gateways.forEach((one) => writeOutcome(one, io));
  return exitCodeOf(gateways);
}

function writeChange({ after }: ChangedSystems, { sentence, notes }: ToldChange, io: CommandIo): void {
  const paint = createPaint(io.stdout, io.env);
  io.stdout.write(`${paint('bold', sentence)}\n`);
  for (const note of notes) io.stdout.write(`  ${note}\n`);
  io.stdout.write(paint('dim', `  ${after.file}, version ${after.version}\n`));
}

function writeOutcome({ gateway, outcome, version, reasons }: GatewayOutcome, io: CommandIo): void {
  const paint = createPaint(io.stdout, io.env);
  const shown = outcome === 'late' ? ` (it shows version ${version ?? 'none'})` : '';
  const style = outcome === 'adopted' ? 'green' : 'red';
  io.stdout.write(`  Gateway ${gateway} ${paint(style, OUTCOMES[outcome])}${shown}\n`);
  for (const reason of reasons) io.stdout.write(`    ${reason}\n`);
}

/** Also for a change that was made before: what is wanted is that gateways have it. */
export async function waitFor(
  { after }: ChangedSystems,
  { path, wait }: RegistryOptions,
  signal: AbortSignal,
): Promise<readonly GatewayOutcome[]> {
  if (wait === null) return [];
  const wanted = (): string => {
    try {
      return readSystems(path).version;
    } catch {
      // Somebody has written it by hand and wrong: what we wrote was right.
      return after.version;
    }
  };
  return awaitGateways({ ...wait, wanted, signal });
}

export function exitCodeOf(gateways: readonly GatewayOutcome[]): ExitCode {
  const has = (outcome: GatewayOutcome['outcome']): boolean =>
    gateways.some((one) => one.outcome === outcome);
  if (has('refused')) return EXIT.findings;
  return has('late') || has('unreachable') ? EXIT.unreachable : EXIT.good;
}
