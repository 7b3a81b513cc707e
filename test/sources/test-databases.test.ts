import { mariadbDatabase, postgresDatabase } from '../support/servers/test-databases';
import { SERVER_START_MS } from '../support/servers/shared-server';

describe('real servers', () => {
  it.each([
    ['PostgreSQL', postgresDatabase],
    ['MariaDB', mariadbDatabase],
  ])(
    'give each test a %s database of its own, on loopback',
    async (_, open) => {
      await using one = await open();
      await using other = await open();
      await one.sql("CREATE TABLE hs (ma VARCHAR(9)); INSERT INTO hs VALUES ('Hồ sơ')");
      expect(await one.sql('SELECT ma FROM hs')).toEqual([{ ma: 'Hồ sơ' }]);
      await expect(other.sql('SELECT ma FROM hs')).rejects.toThrow(/hs/);
      expect(one.host).toBe('127.0.0.1');
    },
    SERVER_START_MS,
  );
});
