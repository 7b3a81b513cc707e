import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';
import type { RecordReader } from '../../subgraphs/sources/copy/record-reader';
import type { RestSystem, SoapSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { createSoapReader } from '../../subgraphs/sources/soap/soap-reader';
import { compileDossiers } from '../../subgraphs/sources/values/read-dossier';
import { compileProcedures } from '../../subgraphs/sources/values/read-procedure';
import type { ServedRows } from '../../subgraphs/province/services/served-rows';
import { readRegisteredProcedures } from '../support/registered-procedures';
import { readPass } from '../support/servers/read-events';
import { SERVICE_ENV, startLayoutC, startLayoutD } from '../support/servers/rest-servers';
import { changingRows, SERVICE_AGENCIES, serviceDossiers } from '../support/servers/service-rows';
import { startLayoutG } from '../support/servers/soap-servers';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname };

interface OpenSystem extends AsyncDisposable {
  readonly mapping: RestSystem | SoapSystem;
  readonly reader: RecordReader;
}

async function openRest(start: typeof startLayoutD, rows: ServedRows): Promise<OpenSystem> {
  const server = await start(rows);
  return opened(server.mapping, createRestReader(server.mapping, PARTS), server);
}

async function openSoap(rows: ServedRows): Promise<OpenSystem> {
  const server = await startLayoutG(rows);
  return opened(server.mapping, createSoapReader(server.mapping, PARTS), server);
}

function opened(mapping: RestSystem | SoapSystem, reader: RecordReader, server: AsyncDisposable): OpenSystem {
  const dispose = async () => {
    await reader[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  };
  return { mapping, reader, [Symbol.asyncDispose]: dispose };
}

describe.each([
  ['C', (rows: ServedRows) => openRest(startLayoutC, rows)],
  ['D', (rows: ServedRows) => openRest(startLayoutD, rows)],
  ['G', openSoap],
] as const)('a service of layout %s', (_, open) => {
  it('gives back the dossiers that it was given, with their supplements and steps', async () => {
    const rows = changingRows(serviceDossiers(300));
    await using system = await open(rows);

    const { located } = await readPass(system.reader);
    const read = compileDossiers(system.mapping.dossiers!);
    const dossiers = located.map((one) => read(one).row);

    expect(dossiers).toEqual(rows.all.map(({ procedureName: _name, ...dossier }) => dossier));
  });

  it('gives back the catalogue of the province', async () => {
    const procedures = readRegisteredProcedures().slice(0, 250).map(publishedBySample);
    await using system = await open({ ...changingRows([]), procedures: () => procedures });

    const pass = await readPass(system.reader, { collection: 'procedures' });
    const read = compileProcedures(system.mapping.procedures!, system.mapping.agencies);

    expect(pass.problem).toBeNull();
    expect(pass.located.map((one) => read(one).record)).toEqual(procedures);
  });
});

/** Published by one of the agencies that the services know, and by nobody on behalf of another, which no mapping can say. */
function publishedBySample(procedure: ProcedureRecord, i: number): ProcedureRecord {
  const [first] = procedure.competences;
  const agency = SERVICE_AGENCIES[i % SERVICE_AGENCIES.length]!.code;
  const { validFrom = null, validTo = null } = first ?? {};
  return { ...procedure, competences: [{ agency, validFrom, validTo, implementingAgencies: [] }] };
}
