import { readGenerateArguments, readProvinceSettings } from '../../subgraphs/province/province-settings';
import { createProgressReport } from '../../subgraphs/province/progress-report';

describe('the settings of the province', () => {
  it('are a folder in the project, loopback and free ports when nothing is said', () => {
    expect(readProvinceSettings({}, '/project')).toEqual({
      folder: '/project/.lienthong',
      dossiers: null,
      seed: null,
      host: '127.0.0.1',
      advertisedHost: '127.0.0.1',
      firstPort: 0,
      now: null,
    });
  });

  it('tell gateways a reachable name when the systems listen everywhere', () => {
    const everywhere = { HOST: '0.0.0.0' };

    expect(readProvinceSettings(everywhere, '/p').advertisedHost).toBe('127.0.0.1');
    expect(
      readProvinceSettings({ ...everywhere, LIENTHONG_SYSTEMS_HOST: 'systems' }, '/p').advertisedHost,
    ).toBe('systems');
  });

  it('are refused with every mistake named at once', () => {
    const env = { LIENTHONG_DOSSIERS: 'many', LIENTHONG_SYSTEMS_PORT: '99999', LIENTHONG_NOW: 'tomorrow' };

    expect(() => readProvinceSettings(env, '/p')).toThrow(
      /LIENTHONG_DOSSIERS must be a whole number.*"many"[^]*LIENTHONG_NOW.*"tomorrow"[^]*LIENTHONG_SYSTEMS_PORT.*"99999"/,
    );
  });

  it('give way to what the command line says', () => {
    const settings = readProvinceSettings({ LIENTHONG_DOSSIERS: '10' }, '/p');

    expect(readGenerateArguments([], settings)).toEqual({ dossiers: 10, seed: null });
    expect(readGenerateArguments(['--dossiers', '5000000', '--seed=7'], settings)).toEqual({
      dossiers: 5_000_000,
      seed: '7',
    });
  });

  it.each([
    [['--dossiers', '0'], /--dossiers must be a whole number from 1 .* got "0"/],
    [['--dossiers', '1e9'], /got "1e9"/],
    [['--seed'], /--seed needs a value/],
    [['--sede', '7'], /"--sede" is not known; there are --dossiers N and --seed S/],
  ])('refuse the arguments %j', (args, message) => {
    expect(() => readGenerateArguments(args, readProvinceSettings({}, '/p'))).toThrow(message);
  });
});

describe('the progress of generating', () => {
  it('is a line for every tenth where nobody watches', () => {
    const written: string[] = [];
    const report = createProgressReport({ write: (text) => written.push(text) }, 40);

    for (let done = 1; done <= 40; done += 1) report(done);

    expect(written).toHaveLength(10);
    expect(written.at(-1)).toBe('100 %: 40 of 40 dossiers\n');
  });

  it('is one line drawn over and over on a terminal, and ends with the total', () => {
    const written: string[] = [];
    let time = 0;
    const report = createProgressReport(
      { isTTY: true, write: (text) => written.push(text) },
      2_000,
      () => (time += 200),
    );

    for (let done = 500; done <= 2_000; done += 500) report(done);

    expect(written.slice(0, -1).every((text) => text.startsWith('\r'))).toBe(true);
    expect(written.at(-2)).toContain('100 %  2,000 of 2,000 dossiers');
    expect(written.at(-1)).toBe('\n');
  });
});
