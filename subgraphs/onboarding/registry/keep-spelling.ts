import { isDeepStrictEqual } from 'node:util';
import { type Document, parse } from 'yaml';

/**
 * Prints an edited document so that lines which the edit does not mean stay as they were written. Printing alone keeps comments and
 * order, and makes every line look the printer's way; whoever compares the file with the one before would not find the change.
 */
export function keepSpelling(text: string, edited: Document): string {
  const printed = edited.toString(styleOf(text));
  const spellings = Map.groupBy(text.split('\n'), sense);
  const take = (line: string): string | undefined => spellings.get(sense(line))?.shift();
  const kept: string[] = [];
  const lines = printed.split('\n');
  for (let place = 0; place < lines.length; place++) {
    const [line = '', next = ''] = lines.slice(place, place + 2);
    // The printer puts a comment behind `systems:` on a line of its own.
    const joined = /^\s*#/.test(next) ? take(`${line} ${next.trim()}`) : undefined;
    kept.push(joined ?? take(line) ?? line.trimEnd());
    if (joined !== undefined) place += 1;
  }
  const result = kept.join('\n');
  return isSame(result, printed) ? result : printed;
}

/** What is the same in a line however it is spaced inside and behind. */
function sense(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return `${indent}${line
    .trim()
    .replace(/([[{])\s+/g, '$1')
    .replace(/\s+([\]}])/g, '$1')
    .replace(/\s+/g, ' ')}`;
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
