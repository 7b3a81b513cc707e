import { dateSchema } from '../../../subgraphs/sources/dossiers/dossier-mapping';
import type { Cell } from '../../../subgraphs/sources/copy/record-reader';
import { compileInstant, writeInstant } from '../../../subgraphs/sources/values/instant';

function read(format: string, cell: Cell | undefined, more: object = {}): string | null {
  const ms = compileInstant(dateSchema.parse({ column: 'c', format, ...more }))(cell);
  return ms === null ? null : Number.isNaN(ms) ? 'bad' : new Date(ms).toISOString();
}

describe('the instant of a value', () => {
  it.each<[string, Cell, string]>([
    ['local-text', '2024-06-28 10:00:00', '2024-06-28T03:00:00.000Z'],
    ['local-text', '2024-06-28T10:00:00.250', '2024-06-28T03:00:00.250Z'],
    ['local-text', ' 2024-06-28 ', '2024-06-27T17:00:00.000Z'],
    ['local-compact', '20240628100000', '2024-06-28T03:00:00.000Z'],
    ['local-compact', 20240628100000, '2024-06-28T03:00:00.000Z'],
    ['local-compact', '20240628', '2024-06-27T17:00:00.000Z'],
    ['epoch-ms', 1719543600000, '2024-06-28T03:00:00.000Z'],
    ['epoch-ms', '1719543600000', '2024-06-28T03:00:00.000Z'],
    ['epoch-s', 1719543600, '2024-06-28T03:00:00.000Z'],
    ['timestamp', '2024-06-28 10:00:00.5', '2024-06-28T03:00:00.500Z'],
    ['timestamptz', '2024-06-28 03:00:00+00', '2024-06-28T03:00:00.000Z'],
    ['timestamptz', '2024-06-28 10:00:00.123+07', '2024-06-28T03:00:00.123Z'],
    ['date', '2024-06-28', '2024-06-27T17:00:00.000Z'],
    ['date', '2024-06-28 10:00:00', '2024-06-27T17:00:00.000Z'],
    ['iso', '2024-06-28T03:00:00Z', '2024-06-28T03:00:00.000Z'],
    ['iso', '2024-06-27T22:00:00-05:00', '2024-06-28T03:00:00.000Z'],
    ['vietnamese', '28/06/2024', '2024-06-27T17:00:00.000Z'],
    ['vietnamese', '1/6/2024 8:05', '2024-06-01T01:05:00.000Z'],
    ['vietnamese', '28-06-2024 10:00:00', '2024-06-28T03:00:00.000Z'],
    ['vietnamese', '2024-06-28 10:00:00', '2024-06-28T03:00:00.000Z'],
    ['local-text', '2024-02-29 00:00:00', '2024-02-28T17:00:00.000Z'],
  ])('reads %s %j as %s', (format, cell, instant) => {
    expect(read(format, cell)).toBe(instant);
  });

  it.each<[string, Cell | undefined]>([
    ['local-text', null],
    ['local-text', undefined],
    ['local-text', '  '],
    ['local-text', '1753-01-01 00:00:00'],
    ['local-text', '0001-01-01T00:00:00'],
    ['local-text', '0000-00-00 00:00:00'],
    ['local-text', '9999-12-31 23:59:59'],
    ['iso', '0001-01-01T00:00:00Z'],
    ['vietnamese', '01/01/0001'],
    ['epoch-ms', 0],
    ['epoch-ms', '0'],
    ['epoch-ms', -62135596800000],
  ])('takes %s %j for no date', (format, cell) => {
    expect(read(format, cell)).toBeNull();
  });

  it('takes what the system writes for no date for none', () => {
    expect(read('local-text', '2000-01-01 00:00:00', { nullAs: '2000-01-01 00:00:00' })).toBeNull();
    expect(read('epoch-ms', -1, { nullAs: -1 })).toBeNull();
    expect(read('local-text', '1999-12-31 00:00:00', { earliest: '2000-01-01' })).toBeNull();
  });

  it.each<[string, Cell]>([
    ['local-text', '2024-02-30 00:00:00'],
    ['local-text', '2024-06-28 25:00:00'],
    ['local-text', '28/06/2024'],
    ['local-text', '2024-06-28T03:00:00Z'],
    ['iso', '2024-06-28T03:00:00'],
    ['vietnamese', '31/06/2024'],
    ['vietnamese', 'hôm qua'],
    ['epoch-ms', 'x'],
    ['local-text', true],
  ])('does not guess what %s %j means', (format, cell) => {
    expect(read(format, cell)).toBe('bad');
  });

  it.each([
    'local-text',
    'local-compact',
    'epoch-ms',
    'epoch-s',
    'timestamp',
    'timestamptz',
    'iso',
    'vietnamese',
  ] as const)('writes %s so that it reads back', (format) => {
    const ms = Date.parse('2024-06-28T03:04:05.000Z');
    expect(read(format, writeInstant(ms, format))).toBe('2024-06-28T03:04:05.000Z');
  });
});
