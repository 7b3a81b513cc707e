import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { recordedIo } from './command-io';
import { createTestFolder } from './plain-supergraph';

/** Two systems, with comments and in several ways of writing: all of it is to stay as it is. */
export const REGISTRY = `# Hải Dương: who holds what
version: 1
directory: agencies.json
subgraphs:
  agencies: { url: "http://127.0.0.1:1/agencies" } # one system
  procedures: { expected: [H23.X01] }
  dossiers:
    expected:
      - 000.00.X01.H23
systems:
  # the one-stop system of most
  mot-cua:
    name: Hệ thống một cửa
    subgraphs:
      procedures: { urls: [http://127.0.0.1:1/procedures], agencies: [H23.X01] }
      dossiers: { urls: [http://127.0.0.1:1/dossiers, http://127.0.0.1:2/dossiers], agencies: [H23.X01, H23.X02] }

  # a ministry's
  bo-gtvt:
    subgraphs:
      dossiers: { urls: ["http://127.0.0.1:3/dossiers"], agencies: [H23.X03] }
`;

/** A folder with a registry of systems and its directory of agencies, for the commands that change it. */
export interface SystemsFolder extends Disposable {
  readonly path: string;
  /** systems.yaml */
  readonly file: string;
  read(): string;
  write(text: string): void;
  /** `lienthong onboard …` there. */
  onboard(...args: readonly string[]): Promise<Onboarded>;
  /** The same, with a Ctrl-C in it. */
  onboardUntil(signal: AbortSignal, ...args: readonly string[]): Promise<Onboarded>;
}

export interface Onboarded {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

const DIRECTORY = ['H23', 'H23.X01', 'H23.X02', 'H23.X03', 'H23.X04', 'H23.X05'].map((code) => ({
  code,
  parent: code === 'H23' ? null : 'H23',
  codes: code === 'H23' ? [] : [{ scheme: 'QCVN_102_2016', text: `000.00.${code.slice(4)}.H23` }],
}));

export function createSystemsFolder(text: string): SystemsFolder {
  const folder = createTestFolder();
  const file = join(folder.path, 'systems.yaml');
  writeFileSync(file, text);
  writeFileSync(join(folder.path, 'agencies.json'), JSON.stringify(DIRECTORY));
  const onboard = async (args: readonly string[], signal?: AbortSignal): Promise<Onboarded> => {
    const io = recordedIo({ cwd: folder.path, ...(signal && { signal }) });
    const exitCode = await runOnboard(args, io);
    return { exitCode, out: io.out(), err: io.err() };
  };
  return {
    path: folder.path,
    file,
    read: () => readFileSync(file, 'utf8'),
    write: (next) => writeFileSync(file, next),
    onboard: (...args) => onboard(args),
    onboardUntil: (signal, ...args) => onboard(args, signal),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
