import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { SYNTHETIC_APPLICANT, type SyntheticDossier } from '../../subgraphs/province/synthetic-dossier';
import { createLayoutFFile, layoutFDossiers } from '../../subgraphs/province/write-layout-f';
import { createSheetReader } from '../../subgraphs/sources/sheet/sheet-reader';
import { sheetMapping, SheetPasses, temporaryFolder } from '../support/sheet-folder';

const AGENCIES = [
  { code: 'H23.X01', formerCode: '000.00.X01.H23', name: 'Sở Văn hóa, Thể thao và Du lịch' },
  { code: 'H23.X02', formerCode: '000.00.X02.H23', name: 'Sở "Thử"' },
];

const DOSSIER: SyntheticDossier = {
  code: 'H23.X01-240603-0001',
  aliases: [],
  procedureCode: '1.001190',
  procedureName: 'Thủ tục thử',
  field: 'Di sản, bảo tàng',
  receivingAgency: 'H23.X01',
  handlingAgency: 'H23.X02',
  status: 9,
  channel: 'POSTAL',
  applicant: SYNTHETIC_APPLICANT,
  submittedAt: '2024-06-02T17:30:00Z',
  receivedAt: '2024-06-03T01:00:00Z',
  dueAt: null,
  finishedAt: '2024-06-05T02:00:00Z',
  returnedAt: null,
  refusedAt: null,
  supplements: [],
  steps: [],
};

it('writes dossiers as a CSV that its own mapping reads, without the applicant', async () => {
  using folder = temporaryFolder();
  const file = createLayoutFFile(join(folder.path, 'hoso.csv'), AGENCIES);
  file.write(DOSSIER);
  file.finish();
  const mapping = sheetMapping(
    stringify({
      version: 1,
      kind: 'sheet',
      system: 'so-f',
      name: 'Sở F',
      agencies: ['H23.X01'],
      connection: { folder: '.' },
      dossiers: layoutFDossiers(AGENCIES, ['H23.X01']),
    }),
  );
  // The file is a moment old.
  const clock = () => Date.now() + 60_000;
  await using reader = createSheetReader(mapping, { baseFolder: folder.path, clock });

  const { records, problems, failure } = await new SheetPasses(reader).take('full');

  expect(readdirSync(folder.path)).toEqual(['hoso.csv']);
  expect({ problems, failure }).toEqual({ problems: [], failure: undefined });
  expect(records.map(({ record }) => record)).toEqual([
    {
      'Mã hồ sơ': 'H23.X01-240603-0001',
      'Số biên nhận': null,
      'Mã TTHC': '1.001190',
      'Lĩnh vực': 'Di sản, bảo tàng',
      'Cơ quan tiếp nhận': 'Sở Văn hóa, Thể thao và Du lịch',
      'Cơ quan giải quyết': 'Sở "Thử"',
      'Trạng thái': 'Đã xử lý xong',
      'Hình thức nộp': 'Bưu chính công ích',
      'Ngày nộp': '03/06/2024 00:30:00',
      'Ngày tiếp nhận': '03/06/2024 08:00:00',
      'Ngày hẹn trả': null,
      'Ngày xử lý xong': '05/06/2024 09:00:00',
      'Ngày trả kết quả': null,
      'Ngày từ chối': null,
    },
  ]);
});
