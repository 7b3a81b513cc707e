import type { WrittenAgency } from '../../../subgraphs/province/dossier-writer';
import type { ServedRows } from '../../../subgraphs/province/services/served-rows';
import { SERVICE_ENV, startLayoutC, startLayoutD } from '../servers/rest-servers';
import { toServed } from '../servers/service-rows';
import { startLayoutG } from '../servers/soap-servers';
import type { House, HouseRows } from './house';
import { houseMapping, mappingFile } from './house-mapping';
import { openHouse } from './open-house';

const SERVICES = {
  C: { start: startLayoutC, file: 'layout-c', textOf: ({ formerCode }: WrittenAgency) => formerCode },
  D: { start: startLayoutD, file: 'layout-d', textOf: ({ formerCode }: WrittenAgency) => formerCode },
  G: { start: startLayoutG, file: 'layout-g', textOf: ({ code }: WrittenAgency) => code },
} as const;

/** A JSON or XML service on loopback. */
export function serviceHouse(layout: keyof typeof SERVICES) {
  return async (rows: HouseRows): Promise<House> => {
    const { start, file, textOf } = SERVICES[layout];
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await start(servedRows(rows)));
    const { connection } = server.mapping;
    const written = mappingFile(file);
    const address = 'wsdl' in connection ? { wsdl: connection.wsdl } : { baseUrl: connection.baseUrl };
    const mapping = houseMapping(
      { ...written, connection: { ...written.connection, ...address } },
      rows.agencies,
      textOf,
    );
    return openHouse(rows, { mapping, env: SERVICE_ENV, baseFolder: __dirname, system: stack.move() });
  };
}

function servedRows({ dossiers, procedures, agencies }: HouseRows): ServedRows {
  const served = dossiers.map((dossier, i) =>
    toServed(dossier, new Date(Date.parse('2024-06-01T00:00:00Z') + i * 60_000).toISOString()),
  );
  return { dossiers: () => served, procedures: () => procedures, agencies };
}
