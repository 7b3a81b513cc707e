import { isDeepStrictEqual } from 'node:util';
import { type Document, parse, parseDocument } from 'yaml';

/**
 * Prints an edited document so that lines which the edit does not mean stay as they were written. Printing alone keeps comments and
 * order, and makes every line look the printer's way; whoever compares the file with the one before would not find the change.
 */
export function keepSpelling(text: string, edited: Document): string {
  const style = styleOf(text);
  const printed = edited.toString(style);
  const unedited = parseDocument(text).toString(style);
  const [originals, lines] = [text.split('\n'), unedited.split('\n')];
  if (originals.length !== lines.length) return printed;
  const spellings = Map.groupBy(
    lines.map((line, place) => ({ line, original: originals[place] ?? line })),
    ({ line }) => line,
  );
  const kept = printed
    .split('\n')
    .map((line) => spellings.get(line)?.shift()?.original ?? line)
    .join('\n');
  return isSame(kept, printed) ? kept : printed;
}

function isSame(text: string, other: string): boolean {
  try {
    return isDeepStrictEqual(parse(text), parse(other));
  } catch {
    return false;
  }
}

/** How the text is indented and its lists are written, for what is new in it. */
function styleOf(text: string) {
  const indent = /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
  const list = /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n( *)- /m.exec(text);
  return {
    indent,
    indentSeq: list === null || (list[1] ?? '').length < (list[2] ?? '').length,
    flowCollectionPadding: !/\[[^\s\]]/.test(text),
    // No line is folded.
    lineWidth: 0,
  };
}
