import { stripVTControlCharacters } from 'node:util';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** Columns as wide as their widest cell, for a fixed-width font; cells may be coloured. Ends with a line break. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? ''))));
  return lines
    .map((line) => {
      const cells = columns.map(({ align }, i) => pad(line[i] ?? '', widths[i] ?? 0, align ?? 'left'));
      return `${cells.join(GAP).trimEnd()}\n`;
    })
    .join('');
}

function pad(text: string, to: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, to - width(text)));
  return align === 'right' ? space + text : text + space;
}

/** A decomposed letter (NFD) takes one place on the screen, as the composed one does. */
function width(text: string): number {
  return [...stripVTControlCharacters(text).normalize('NFC')].length;
}
