import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';

import { ConfigError } from './config-error';
import { describeZodMistakes, formatPath } from './zod-mistakes';

/**
 * Reads a YAML file into what the schema makes of it. Throws one ConfigError with every mistake: its line, its path, what was
 * got and what is allowed. Secrets in a value are not repeated.
 */
export function readYamlConfig<T extends z.ZodType>(path: string, schema: T): z.output<T> {
  return parseYamlConfig(path, readText(path), schema);
}

/** The same for text that is already read; `source` names it in mistakes. */
export function parseYamlConfig<T extends z.ZodType>(source: string, text: string, schema: T): z.output<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      source,
      document.errors.map(({ message, pos }) => `line ${lines.linePos(pos[0]).line}: not YAML: ${message}`),
    );
  }
  const result = schema.safeParse(toPlain(source, document), { reportInput: true });
  if (result.success) return result.data;
  const whereIs = (at: readonly PropertyKey[]) => `${lineOf(document, lines, at)}${formatPath(at)}`;
  throw new ConfigError(source, describeZodMistakes(result.error, schema, whereIs));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(path, [`cannot be read: ${isNativeError(error) ? error.message : String(error)}`]);
  }
}

/** Aliases are resolved here, and a bomb of them is refused here. */
function toPlain(source: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ConfigError(source, [isNativeError(error) ? error.message : String(error)]);
  }
}

/** The line of the value at the path, or of the nearest thing around it that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return `line ${lines.linePos(node.range[0]).line}: `;
  }
  return '';
}
