import { chooseContestants } from './contestants';
import { readOptions } from './options';

describe('the options of the bench', () => {
  it('take everything at full length, and write the pages, when nothing is said', () => {
    const { parts, rounds, isWhole } = readOptions([], {});

    expect([...parts]).toEqual(['small', 'medium', 'heavy', 'varied', 'starts', 'scatter', 'big']);
    expect({ rounds, isWhole }).toEqual({ rounds: 3, isWhole: true });
  });

  it.each([[['heavy']], [['--only', 'ours']], [['--quick']]])('leave the pages alone with %j', (argv) => {
    expect(readOptions(argv, {}).isWhole).toBe(false);
  });

  it('name a part that is none', () => {
    expect(() => readOptions(['hevy'], {})).toThrow(
      'There is no part "hevy"; there are small, medium, heavy',
    );
  });

  it('name a setting that is no number', () => {
    expect(() => readOptions([], { BENCH_SECONDS: '5s' })).toThrow(
      'BENCH_SECONDS must be a whole number from 1, got "5s"',
    );
  });

  it('choose contestants by the start of their ids, and stock always', () => {
    const ids = chooseContestants(['ours', 'hand-merged']).map(({ id }) => id);

    expect(ids).toEqual(['stock', 'ours-off', 'ours-calls', 'ours-all', 'hand-merged']);
    expect(() => chooseContestants(['our'])).toThrow('There is no contestant "our"');
  });
});
