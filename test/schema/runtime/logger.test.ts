import { BadInputError } from '../../../schema/runtime/coded-error';
import { createLogger } from '../../../schema/runtime/logger';
import type { LoggerOptions } from '../../../schema/runtime/logger';

const NOON = new Date(2024, 5, 28, 12, 0, 0);

describe('createLogger', () => {
  it('writes one JSON line an event, whatever is in it', () => {
    const { lines, logger } = logging({});
    const circular: Record<string, unknown> = { count: 12n };
    circular['self'] = circular;

    logger.warn('a shard\nis slow', { shard: 'tu-phap', circular, level: 'forged' });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      shard: 'tu-phap',
      circular: { count: '12', self: '[circular]' },
      time: NOON.toISOString(),
      level: 'warn',
      message: 'a shard\nis slow',
    });
  });

  it('keeps code, stack and cause of an error', () => {
    const { lines, logger } = logging({});

    logger.error('failed', { error: new BadInputError('wrong', 'WRONG', new Error('the reason')) });

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      error: {
        name: 'BadInputError',
        message: 'wrong',
        code: 'WRONG',
        cause: { message: 'the reason' },
      },
    });
  });

  it('survives an error that is its own cause, and shows what an AggregateError gathers', () => {
    const { lines, logger } = logging({});
    const error = new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]);
    error.cause = error;

    logger.error('failed', { error });

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      error: { cause: '[circular]', errors: [{ message: '::1 refused' }, { message: '127.0.0.1 refused' }] },
    });
  });

  it('lets no control character of a message reach the terminal', () => {
    const { lines, logger } = logging({ format: 'plain' });

    logger.info('\u001b[2Jgone', { name: '\u001b[2J' });

    expect(lines).toEqual(['12:00:00 [2Jgone name="\\u001b[2J"\n']);
  });

  it('writes short plain lines for a terminal', () => {
    const { lines, logger } = logging({ format: 'plain' });

    logger.info('ready', { url: 'http://localhost:4000/', systems: 9, skipped: undefined });
    logger.error('it\nfailed', { error: new Error('no "door"') });

    expect(lines).toEqual([
      '12:00:00 ready url=http://localhost:4000/ systems=9\n',
      '12:00:00 ERROR it ⏎ failed error="no \\"door\\""\n',
    ]);
  });

  it('keeps quiet below its level', () => {
    const { lines, logger } = logging({ level: 'warn' });

    logger.debug('a');
    logger.info('b');
    logger.warn('c');

    expect(lines).toHaveLength(1);
  });
});

function logging(options: Partial<LoggerOptions>) {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'debug',
    write: (line) => lines.push(line),
    clock: () => NOON,
    ...options,
  });
  return { lines, logger };
}
