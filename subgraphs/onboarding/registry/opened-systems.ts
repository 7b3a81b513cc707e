import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type AgencyDirectory,
  createAgencyDirectory,
  parseAgencyDirectory,
} from '../../../schema/agency-directory';
import type { Environment } from '../../../schema/runtime/environment';
import { ConfigError } from '../../../schema/runtime/config-error';
import { parseYamlConfig } from '../../../schema/runtime/read-yaml-config';
import {
  checkSystemsFile,
  directoryFileOf,
  type SystemsFile,
  systemsFileSchema,
  systemsFileVersion,
} from '../../../schema/systems-file';

/** A registry file that every gateway would adopt. */
export interface OpenedSystems {
  /** The file itself, where its path is a link. */
  readonly file: string;
  readonly text: string;
  readonly content: SystemsFile;
  readonly directory: AgencyDirectory;
  /** What a gateway that has adopted it shows in `/readyz`. */
  readonly version: string;
}

/** The registry file that a command means: `--registry`, else what gateways are told, else systems.yaml here. */
export function registryPath(given: string | undefined, cwd: string, env: Environment): string {
  return resolve(cwd, given ?? (env['LIENTHONG_REGISTRY']?.trim() || 'systems.yaml'));
}

/** @throws ConfigError with every mistake of the file. */
export function readSystems(path: string): OpenedSystems {
  try {
    const file = realpathSync(path);
    return parseSystems(file, readFileSync(file, 'utf8'));
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(path, error);
  }
}

/**
 * Holds a text against the rules by which gateways adopt it.
 *
 * @throws ConfigError with every mistake.
 */
export function parseSystems(file: string, text: string): OpenedSystems {
  const content = parseYamlConfig(file, text, systemsFileSchema);
  const { directory, directoryText } = readDirectory(directoryFileOf(file, content));
  const mistakes = checkSystemsFile(content, directory);
  if (mistakes.length > 0) throw new ConfigError(file, mistakes);
  return { file, text, content, directory, version: systemsFileVersion(text, directoryText) };
}

function readDirectory(file: string): {
  readonly directory: AgencyDirectory;
  readonly directoryText: string;
} {
  try {
    const directoryText = readFileSync(file, 'utf8');
    const directory = createAgencyDirectory(parseAgencyDirectory(JSON.parse(directoryText)));
    return { directory, directoryText };
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): ConfigError {
  return new ConfigError(file, [`cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
}

/** Canonical codes, each once, in the order given. Codes that the directory does not know stay as they are. */
export function canonicalCodes(directory: AgencyDirectory, codes: readonly string[]): readonly string[] {
  return [...new Set(codes.map((code) => directory.find(code)?.code ?? code))];
}
