import { readCompleteness, readDeadlineMs, readNow } from '../../schema/wire-headers';
import { thrownBy } from '../support/thrown-by';

describe('readDeadlineMs', () => {
  it.each([
    ['1', 1],
    ['2500', 2500],
  ])('reads %s', (text, ms) => {
    expect(readDeadlineMs(text)).toBe(ms);
  });

  it.each(['', '0', '-5', '1.5', '1e3', '2s', ' 5', '0x10', '99999999999999999999'])('refuses %j', (text) => {
    expect(() => readDeadlineMs(text)).toThrow(
      `Header lienthong-deadline-ms has the wrong value ${JSON.stringify(text)}: send the milliseconds left as a whole number`,
    );
  });
});

describe('readNow', () => {
  it('gives an instant of whole UTC seconds back as it came', () => {
    expect(readNow('2024-06-28T03:00:00Z')).toBe('2024-06-28T03:00:00Z');
  });

  it.each([
    '2024-06-28T03:00:00.000Z',
    '2024-06-28T10:00:00+07:00',
    '2024-06-28',
    '2024-02-30T00:00:00Z',
    '2024-06-28T24:00:00Z',
    'now',
  ])('refuses %s', (text) => {
    expect(() => readNow(text)).toThrow(
      `Header lienthong-now has the wrong value "${text}": send an instant`,
    );
  });
});

describe('readCompleteness', () => {
  it.each(['any', 'quorum', 'all'])('reads %s', (text) => {
    expect(readCompleteness(text)).toBe(text);
  });

  it('refuses other words as the client mistake they are', () => {
    expect(thrownBy(() => readCompleteness('most'))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(() => readCompleteness('most')).toThrow(
      'Header lienthong-completeness has the wrong value "most": send one of any, quorum, all',
    );
  });
});
