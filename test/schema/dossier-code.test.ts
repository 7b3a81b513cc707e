import { createAgencyDirectory } from '../../schema/agency-directory';
import { parseDossierCode } from '../../schema/dossier-code';

const directory = createAgencyDirectory([
  {
    code: 'H23.X04',
    codes: [
      { scheme: 'QD_20_2020', text: 'H23.X04', validFrom: null, validTo: '2025-06-30', fictitious: true },
      {
        scheme: 'QCVN_102_2016',
        text: '000.00.X04.H23',
        validFrom: null,
        validTo: '2022-01-01',
        fictitious: true,
      },
    ],
    parent: null,
    validFrom: null,
    validTo: '2025-06-30',
    successors: [],
  },
]);

describe('parseDossierCode', () => {
  it.each([
    ['H23.X04-240101-0001', { prefix: 'H23.X04', date: '2024-01-01', counter: '0001' }],
    ['000.00.X04.H23-240101-0200015', { prefix: '000.00.X04.H23', date: '2024-01-01', counter: '0200015' }],
    ['H23.X04-240229-7', { prefix: 'H23.X04', date: '2024-02-29', counter: '7' }],
    ['H23.X04-300101-0001', { prefix: 'H23.X04', date: '2030-01-01', counter: '0001' }],
  ])('reads %s, also when the agency or its code has ended', (text, parts) => {
    expect(parseDossierCode(text, directory)).toEqual({ agency: directory.find('H23.X04'), ...parts });
  });

  it.each([
    'H23.X99-240101-0001',
    'h23.x04-240101-0001',
    'X04.H23-240101-0001',
    'H23.X04-240230-0001',
    'H23.X04-20240101-0001',
    'H23.X04-240101-',
    'H23.X04-240101-00A1',
    ' H23.X04-240101-0001',
    'H23.X04-240101-0001\n',
    'H23-X04-240101-0001',
    'HS2024000123',
    '12345',
    '',
  ])('takes %j as opaque text', (text) => {
    expect(parseDossierCode(text, directory)).toBeNull();
  });
});
