import { startLayoutCService } from '../../subgraphs/province/services/layout-c-service';
import { startLayoutDService } from '../../subgraphs/province/services/layout-d-service';
import { LAYOUT_G_PATH, startLayoutGService } from '../../subgraphs/province/services/layout-g-service';
import { servedDossier } from '../../subgraphs/province/services/served-rows';
import { SYNTHETIC_APPLICANT, type SyntheticDossier } from '../../subgraphs/province/synthetic-dossier';
import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { createSoapReader } from '../../subgraphs/sources/soap/soap-reader';
import { compileDossiers } from '../../subgraphs/sources/values/read-dossier';
import { readPass } from '../support/servers/read-events';
import { PASSWORD, restMapping, SERVICE_ENV } from '../support/servers/rest-servers';
import { SERVICE_AGENCIES } from '../support/servers/service-rows';
import { soapMapping } from '../support/servers/soap-servers';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname };

const GENERATED: SyntheticDossier = {
  code: 'H23.X01-240603-0001',
  aliases: [],
  procedureCode: '1.000001',
  procedureName: 'Đăng ký khai sinh',
  field: 'Hộ tịch',
  receivingAgency: 'H23.X01',
  handlingAgency: 'H23.X02',
  status: 9,
  channel: 'POSTAL',
  applicant: SYNTHETIC_APPLICANT,
  submittedAt: '2024-06-03T00:30:00.000Z',
  receivedAt: '2024-06-03T01:00:00.000Z',
  dueAt: '2024-07-20T10:00:00.000Z',
  finishedAt: '2024-06-10T17:30:00.000Z',
  returnedAt: null,
  refusedAt: null,
  supplements: [],
  steps: [{ at: '2024-06-03T01:00:00.000Z', status: 2, unit: 'Một cửa', dueAt: null }],
};

const OPTIONS = {
  dossiers: () => [servedDossier(GENERATED)],
  procedures: () => [],
  agencies: SERVICE_AGENCIES,
  user: 'lien-thong',
  password: PASSWORD,
};

it.each([
  [
    'C',
    startLayoutCService,
    (url: string) => {
      const mapping = restMapping('layout-c.yaml', `${url}/api`);
      return { mapping, reader: createRestReader(mapping, PARTS) };
    },
  ],
  [
    'D',
    startLayoutDService,
    (url: string) => {
      const mapping = restMapping('layout-d.yaml', `${url}/o/rest/v2`);
      return { mapping, reader: createRestReader(mapping, PARTS) };
    },
  ],
  [
    'G',
    startLayoutGService,
    (url: string) => {
      const mapping = soapMapping(`${url}${LAYOUT_G_PATH}?wsdl`);
      return { mapping, reader: createSoapReader(mapping, PARTS) };
    },
  ],
] as const)('a service of layout %s serves generated dossiers on loopback', async (_, start, open) => {
  await using service = await start(OPTIONS);
  const { mapping, reader: opened } = open(service.url);
  await using reader = opened;

  const { located } = await readPass(reader);

  expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(located.map((one) => compileDossiers(mapping.dossiers!)(one).row)).toEqual([
    expect.objectContaining({
      code: 'H23.X01-240603-0001',
      procedure: '1.000001',
      receivingAgency: 'H23.X01',
      handlingAgency: 'H23.X02',
      status: 9,
      channel: 'POSTAL',
      finishedAt: '2024-06-10T17:30:00.000Z',
      isSynthetic: true,
      // The last thing that happened to it; the promised date is no happening.
      updatedAt: '2024-06-10T17:30:00.000Z',
    }),
  ]);
});
