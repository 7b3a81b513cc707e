import { COMMANDS } from '../../subgraphs/onboarding/commands';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { createPaint } from '../../subgraphs/onboarding/terminal/colours';
import { formatTable } from '../../subgraphs/onboarding/terminal/format-table';
import { startProgress } from '../../subgraphs/onboarding/terminal/progress';
import { recordedIo } from '../support/command-io';

describe('lienthong onboard', () => {
  it('lists its commands', async () => {
    const io = recordedIo();

    expect(await runOnboard(['--help'], io)).toBe(0);
    for (const name of ['inspect', 'check', 'conform', 'add', 'remove', 'drain'])
      expect(io.out()).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect(io.err()).toBe('');
  });

  it.each(COMMANDS.map(({ name }) => name))('%s tells how it is called', async (name) => {
    const io = recordedIo();

    expect(await runOnboard([name, '--help'], io)).toBe(0);
    expect(io.out()).toContain(`lienthong onboard ${name}`);
  });

  it('is wrong usage without a command, and says what there is', async () => {
    const io = recordedIo();

    expect(await runOnboard([], io)).toBe(2);
    expect(io.out()).toContain('inspect');
  });

  it('names the commands there are when one is not known', async () => {
    const io = recordedIo();

    expect(await runOnboard(['inspekt'], io)).toBe(2);
    expect(io.err()).toContain(
      '"inspekt" is not known; there are inspect, check, conform, add, remove, drain',
    );
  });

  it('tells a mistake as the one JSON document when asked for JSON', async () => {
    const io = recordedIo();

    expect(await runOnboard(['inspekt', '--json'], io)).toBe(2);
    expect(JSON.parse(io.out())).toMatchObject({ error: { code: 'USAGE_ERROR' } });
  });
});

describe('what a terminal gets and a pipe does not', () => {
  it('colours for a terminal only, and never against NO_COLOR', () => {
    const terminal = recordedIo({ isTerminal: true }).stdout;
    const pipe = recordedIo().stdout;

    expect(createPaint(terminal, {})('red', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(createPaint(terminal, { NO_COLOR: '1' })('red', 'x')).toBe('x');
    expect(createPaint(pipe, {})('red', 'x')).toBe('x');
  });

  it('draws no progress bar into a pipe', () => {
    const io = recordedIo();
    const progress = startProgress(io, 'Reading', 10);
    progress.update(5);
    progress[Symbol.dispose]();

    expect(io.err()).toBe('');
  });

  it('sets tables by what is seen, not by letters stored', () => {
    const paint = createPaint(recordedIo({ isTerminal: true }).stdout, {});
    const table = formatTable(
      [{ title: 'Tên' }, { title: 'n', align: 'right' }],
      [
        ['Hồ sơ'.normalize('NFD'), '12'],
        [paint('red', 'Sở'), '3'],
      ],
    );

    expect(table).toBe(`Tên     n\n${'Hồ sơ'.normalize('NFD')}  12\n${paint('red', 'Sở')}      3\n`);
  });
});
