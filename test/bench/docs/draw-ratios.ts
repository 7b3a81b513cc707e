import { labelOf } from '../contestants';
import type { Throughput } from '../measure-throughput';
import type { Results } from '../results';
import { contestantsOf } from './print-figures';

const QUERIES = ['small', 'medium', 'heavy'];
const LABELS = 312;
const PANEL = 200;
const BAR = 14;
const ROW = 26;
const TOP = 92;
const WIDTH = LABELS + QUERIES.length * PANEL + 20;
/** Room for the number after the longest bar. */
const NUMBER = 50;

/** Bars of requests per CPU second as multiples of the stock gateway's, a panel a query; null without those figures. */
export function drawRatios({ throughput, date, versions }: Results): string | null {
  if (!throughput) return null;
  const equal = throughput.throughput.filter(({ isVaried }) => !isVaried);
  const contestants = contestantsOf(equal);
  const bottom = TOP + contestants.length * ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 34}" role="img" aria-labelledby="title">`,
    `<title id="title">${TITLE_VI} · ${TITLE_EN}</title>`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${bottom + 34}" rx="6"/>`,
    text(16, 28, 'title', TITLE_VI),
    text(16, 48, 'note', TITLE_EN),
    ...contestants.map((id, place) => text(LABELS - 12, middle(place), 'label', labelOf(id))),
    ...QUERIES.map((query, panel) => drawPanel(query, panel, contestants, equal)),
    text(16, bottom + 22, 'note', `${date} · Node ${versions['node'] ?? ''} · docs/bench`),
    '</svg>',
    '',
  ].join('\n');
}

const TITLE_VI = 'Số yêu cầu trên mỗi giây CPU của cổng, so với @apollo/gateway (lần)';
const TITLE_EN = 'Requests per gateway CPU second, as a multiple of stock @apollo/gateway';

/** Own ground and ink for light and for dark, so that the page around does not matter. */
const STYLE = `<style>
  .ground { fill: #ffffff; } text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; } .note { fill: #59636e; } .label { text-anchor: end; }
  .head { font-weight: 600; } .ours { fill: #b3261e; } .hand { fill: #59636e; } .peer { fill: #9aa7b4; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; } text { fill: #e6edf3; } .note { fill: #9198a1; }
    .ours { fill: #ff7b72; } .hand { fill: #9198a1; } .peer { fill: #57606a; }
  }
</style>`;

function drawPanel(
  query: string,
  panel: number,
  contestants: readonly string[],
  equal: readonly Throughput[],
): string {
  const left = LABELS + panel * PANEL;
  const ratioOf = (id: string): number =>
    equal.find((one) => one.contestant === id && one.query === query)?.ratio ?? 0;
  const most = Math.max(...contestants.map(ratioOf), 1);
  const bars = contestants.map((id, place) => {
    const width = (ratioOf(id) / most) * (PANEL - NUMBER);
    const y = middle(place) - BAR / 2 - 4;
    const bar = `<rect class="${kindOf(id)}" x="${left}" y="${y}" width="${width.toFixed(1)}" height="${BAR}"/>`;
    return bar + text(left + width + 6, middle(place), 'value', ratioOf(id).toFixed(1));
  });
  return [text(left, TOP - 14, 'head', query), ...bars].join('\n');
}

/** Where the text of a row stands. */
function middle(place: number): number {
  return TOP + place * ROW + 14;
}

function kindOf(id: string): string {
  if (id.startsWith('ours')) return 'ours';
  return id.startsWith('hand') ? 'hand' : 'peer';
}

function text(x: number, y: number, kind: string, content: string): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text class="${kind}" x="${x.toFixed(0)}" y="${y}">${escaped}</text>`;
}
