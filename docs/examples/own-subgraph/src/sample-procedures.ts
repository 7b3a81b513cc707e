import type { Procedure } from './procedure';

const PLAIN = {
  levels: ['PROVINCE'],
  channels: ['DIRECT', 'ONLINE'],
  workingDays: 5,
  feeVnd: 8_000,
  decision: null,
  agency: 'H23.X04',
  validFrom: null,
  validTo: null,
} as const;

/** Made up after real ones. Put your catalogue in their place. */
export const SAMPLE_PROCEDURES: readonly Procedure[] = [
  { ...PLAIN, code: '1.001193', name: 'Thủ tục đăng ký khai sinh', field: 'Hộ tịch', levels: ['COMMUNE'] },
  { ...PLAIN, code: '2.000635', name: 'Cấp bản sao trích lục hộ tịch', field: 'Hộ tịch', workingDays: null },
  { ...PLAIN, code: '2.000815', name: 'Chứng thực bản sao từ bản chính', field: 'Chứng thực', feeVnd: 2 },
  { ...PLAIN, code: '2.000884', name: 'CHỨNG THỰC CHỮ KÝ', field: 'Chứng thực', channels: ['DIRECT'] },
  { ...PLAIN, code: '1.005136', name: 'Nhập quốc tịch Việt Nam', field: 'Quốc tịch', agency: 'H23.X05' },
  {
    ...PLAIN,
    code: '1.008925',
    name: 'Đăng ký tập sự hành nghề thừa phát lại',
    field: null,
    agency: 'H23.X05',
  },
  {
    ...PLAIN,
    code: '1.000828',
    name: 'Cấp chứng chỉ hành nghề luật sư',
    field: 'Luật sư',
    agency: 'H23.X05',
    validTo: '2020-12-31',
  },
];
