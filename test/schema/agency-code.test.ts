import { schemeOf } from '../../schema/agency-code';

describe('schemeOf', () => {
  it.each(['000.00.X04.H23', '000.00.01.H22', '000.00.00.G03', '000.00.00.H23', '001.02.03.H23'])(
    'reads %s as QCVN 102:2016',
    (text) => {
      expect(schemeOf(text)).toBe('QCVN_102_2016');
    },
  );

  it.each(['H23', 'H23.X04', 'H22.1', 'H55.242', 'H56.14.2.1', 'G15'])(
    'reads %s as Decision 20/2020',
    (text) => {
      expect(schemeOf(text)).toBe('QD_20_2020');
    },
  );

  it.each(['h23.x04', 'H23.X04 ', 'H23-X04', '04.00.00.H23', 'H23.', 'H23.1.2.3.4', '', 'sở tư pháp'])(
    'sees no scheme in %j',
    (text) => {
      expect(schemeOf(text)).toBeNull();
    },
  );
});
