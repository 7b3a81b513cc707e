import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../schema/runtime/project-root';

export interface Figure {
  readonly name: string;
  readonly withinMs: number | null;
  readonly rounds: number;
  readonly median: Contestants;
  readonly p99: Contestants;
}

interface Contestants {
  readonly bare: number;
  readonly source: number;
  readonly subgraph: number;
}

interface Circumstances {
  readonly rows: number;
  /** What is to be said of the figures that are kept. */
  readonly kept: string;
  readonly cpu: string;
  readonly node: string;
}

const PAGE = join(projectRoot(), 'docs', 'bench', 'sources.md');
/** Between these the page is written by the bench, the rest by hand. */
const START = '<!-- sql figures: written by npm run bench:sources -->';
const END = '<!-- end of sql figures -->';

export function writeFigures(figures: readonly Figure[], { rows, kept, cpu, node }: Circumstances): void {
  const table = [
    '| question | bare SQL ms | source ms | subgraph ms | goal ms | subgraph ÷ bare | p99 ÷ p99 of bare |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...figures.map(printFigure),
  ].join('\n');
  const head = `${rows.toLocaleString('en')} dossiers of 40 agencies in PostgreSQL; medians of interleaved rounds; ${cpu}, Node ${node}.`;
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : `# Sources\n\n${START}\n${END}\n`;
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${PAGE} must hold the lines "${START}" and "${END}"`);
  writeFileSync(
    PAGE,
    `${page.slice(0, start)}${START}\n\n${head}\n\n${table}\n\n${kept}\n\n${page.slice(end)}`,
  );
}

function printFigure({ name, withinMs, median, p99 }: Figure): string {
  const ms = (value: number) => (value < 20 ? value.toFixed(1) : value.toFixed(0));
  const cells = [
    name,
    ms(median.bare),
    ms(median.source),
    ms(median.subgraph),
    withinMs === null ? '—' : `≤ ${withinMs}`,
    (median.subgraph / median.bare).toFixed(2),
    (p99.subgraph / p99.bare).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}
