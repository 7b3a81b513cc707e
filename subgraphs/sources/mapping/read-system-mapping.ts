import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../../schema/runtime/config-error';
import { parseYamlConfig } from '../../../schema/runtime/read-yaml-config';
import { checkSystemMapping } from './check-system-mapping';
import { SOURCE_KINDS, SYSTEM_MAPPING_SCHEMAS, type SourceKind, type SystemMapping } from './system-mapping';

/** @throws ConfigError with every mistake at once: line, path, what was got, what is allowed. */
export function readSystemMapping(file: string): SystemMapping {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(file, [
      `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  }
  return parseSystemMapping(file, text);
}

/** The same for text that is already read; `source` names it in mistakes. */
export function parseSystemMapping(source: string, text: string): SystemMapping {
  const kind = kindOf(text);
  if (kind === undefined) {
    parseYamlConfig(source, text, z.looseObject({ kind: z.enum(SOURCE_KINDS) }));
    throw new ConfigError(source, [`kind: must be one of ${SOURCE_KINDS.join(', ')}`]);
  }
  const mapping: SystemMapping = parseYamlConfig<(typeof SYSTEM_MAPPING_SCHEMAS)[SourceKind]>(
    source,
    text,
    SYSTEM_MAPPING_SCHEMAS[kind],
  );
  const mistakes = checkSystemMapping(mapping);
  if (mistakes.length > 0) throw new ConfigError(source, mistakes);
  return mapping;
}

/** Which schema to hold the file against; what is not even YAML, or has no kind, is told by whoever asked. */
function kindOf(text: string): SourceKind | undefined {
  try {
    const content: unknown = parse(text);
    if (typeof content !== 'object' || content === null || !('kind' in content)) return undefined;
    return SOURCE_KINDS.find((kind) => kind === content.kind);
  } catch {
    return undefined;
  }
}
