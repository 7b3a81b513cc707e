import { execFileSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface ProgramPlace {
  readonly name: string;
  /** Where distributions put it beside the PATH; `*` for a version. */
  readonly folders: readonly string[];
  readonly debianPackage: string;
}

/** The full path of a server's program; as root on Debian it is installed when missing. Throws saying what is missing. */
export function findProgram(place: ProgramPlace): string {
  const found = installed(place);
  if (found !== null) return found;
  const reason = install(place.debianPackage);
  const now = installed(place);
  if (now !== null) return now;
  throw new Error(
    `This test needs "${place.name}" (Debian's package ${place.debianPackage}): not on the PATH, and ${reason}`,
  );
}

function installed({ name, folders }: ProgramPlace): string | null {
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  const elsewhere = folders.flatMap((folder) => globSync(folder).toSorted().toReversed());
  return [...elsewhere, ...onPath].map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why it could not be installed; a sentence's end. */
function install(debianPackage: string): string {
  if (process.getuid?.() !== 0) return 'only root can install it';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', debianPackage], {
      env,
      stdio: 'pipe',
    });
    return 'it is not where it was installed';
  } catch (error) {
    return `apt-get could not install it: ${error instanceof Error ? error.message : String(error)}`;
  }
}
