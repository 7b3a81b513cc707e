export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 30;
const REDRAW_MS = 100;

/** A bar on a terminal, a line for every tenth elsewhere. Call it with the number done; it ends by itself at the total. */
export function createProgressReport(
  output: ProgressOutput,
  total: number,
  clock: () => number = Date.now,
): (done: number) => void {
  return output.isTTY === true ? drawBar(output, total, clock) : printLines(output, total);
}

function drawBar(output: ProgressOutput, total: number, clock: () => number): (done: number) => void {
  const started = clock();
  let drawnAt = 0;
  let isOver = false;
  return (done) => {
    const now = clock();
    if (isOver || (done < total && now - drawnAt < REDRAW_MS)) return;
    drawnAt = now;
    const share = Math.min(1, done / total);
    const filled = Math.round(share * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const seconds = ((now - started) / 1_000).toFixed(1);
    output.write(
      `\r${bar} ${Math.floor(share * 100)} %  ${number(done)} of ${number(total)} dossiers, ${seconds} s `,
    );
    isOver = done >= total;
    if (isOver) output.write('\n');
  };
}

function printLines(output: ProgressOutput, total: number): (done: number) => void {
  let tenths = 0;
  return (done) => {
    const reached = Math.floor((done / total) * 10);
    if (reached <= tenths) return;
    tenths = reached;
    output.write(`${reached * 10} %: ${number(done)} of ${number(total)} dossiers\n`);
  };
}

function number(value: number): string {
  return value.toLocaleString('en');
}
