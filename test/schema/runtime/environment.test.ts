import { ConfigError } from '../../../schema/runtime/config-error';
import { EnvironmentReader } from '../../../schema/runtime/environment';

describe('EnvironmentReader', () => {
  it('reads what is set and gives the default for what is absent or empty', () => {
    const env = new EnvironmentReader({
      PORT: '0',
      HOST: ' 0.0.0.0 ',
      LIENTHONG_DOSSIERS: '',
      QUIET: 'yes',
      LEVEL: 'warn',
    });

    expect(env.readPort('PORT', 4000)).toBe(0);
    expect(env.readText('HOST', '127.0.0.1')).toBe('0.0.0.0');
    expect(env.readWhole('LIENTHONG_DOSSIERS', 60_000)).toBe(60_000);
    expect(env.readFlag('QUIET', false)).toBe(true);
    expect(env.readChoice('LEVEL', ['info', 'warn'], 'info')).toBe('warn');
    expect(env.readOptionalText('REDIS_URL')).toBeUndefined();
    expect(() => env.done()).not.toThrow();
  });

  it('names every mistake at once', () => {
    const env = new EnvironmentReader({ PORT: '70000', TIMEOUT_MS: '5s', LEVEL: 'loud', QUIET: 'perhaps' });
    env.readPort('PORT', 4000);
    env.readWhole('TIMEOUT_MS', 5000, { min: 1 });
    env.readChoice('LEVEL', ['info', 'warn'], 'info');
    env.readFlag('QUIET', false);
    env.readRequiredText('LIENTHONG_SECRET');
    env.refuse('HOST and SOCKET exclude each other');

    expect(() => env.done()).toThrow(
      new ConfigError('The environment', [
        'PORT must be a whole number from 0 to 65535, got "70000"',
        'TIMEOUT_MS must be a whole number, at least 1, got "5s"',
        'LEVEL must be one of info, warn, got "loud"',
        'QUIET must be true or false, got "perhaps"',
        'LIENTHONG_SECRET must be set',
        'HOST and SOCKET exclude each other',
      ]),
    );
  });
});
