import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../schema/runtime/project-root';
import type { Results } from '../results';
import { drawRatios } from './draw-ratios';
import { printFigures } from './print-figures';

const FOLDER = join(projectRoot(), 'docs', 'bench');
const RESULTS = join(FOLDER, 'results.json');
const PAGE = join(FOLDER, 'README.md');
const PICTURE = join(FOLDER, 'ratios.svg');
/** Between these the page is written by the bench, the rest by hand. */
const START = '<!-- figures: written by npm run bench -->';
const END = '<!-- end of figures -->';

/** The last whole run. Throws when there was none. */
export function readResults(): Results {
  // Written below.
  return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
}

export function writeResults(results: Results): void {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value;
  writeFileSync(RESULTS, `${JSON.stringify(results, short, 2)}\n`);
}

/** The page and the picture, from the figures alone. */
export function writeDocs(results: Results): void {
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), printFigures(results)));
  const picture = drawRatios(results);
  if (picture !== null) writeFileSync(PICTURE, picture);
}

function withFigures(page: string, figures: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${PAGE} must hold the lines "${START}" and "${END}"`);
  return `${page.slice(0, start)}${START}\n\n${figures}\n${page.slice(end)}`;
}
