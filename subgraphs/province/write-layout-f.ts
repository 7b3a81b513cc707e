import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { LAYOUT_B_STATUS_WORDS } from '../sources/layouts/layout-b';
import { requireKnown, type DossierWriter, type WrittenAgency } from './dossier-writer';
import type { SyntheticDossier } from './synthetic-dossier';
import { toLocalText } from './system-clock-text';

/** Layout F: a list that officers keep in a spreadsheet, as it comes out when it is saved as CSV. */
const HEADER = [
  'STT',
  'Mã hồ sơ',
  'Số biên nhận',
  'Mã TTHC',
  'Lĩnh vực',
  'Chủ hồ sơ',
  'Cơ quan tiếp nhận',
  'Cơ quan giải quyết',
  'Trạng thái',
  'Hình thức nộp',
  'Ngày nộp',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày xử lý xong',
  'Ngày trả kết quả',
  'Ngày từ chối',
];

const CHANNEL_WORDS = {
  DIRECT: 'Trực tiếp',
  ONLINE: 'Trực tuyến',
  POSTAL: 'Bưu chính công ích',
} as const;

/** Excel opens a CSV of other letters than the machine's own only with a mark. */
const BYTE_ORDER_MARK = '\ufeff';
const BUFFERED_BYTES = 64 * 1024;

export interface LayoutFFile extends DossierWriter {
  /** The file is there, whole, once this has returned. */
  finish(): void;
}

/** Writes dossiers into a CSV, which stands under its name only when it is whole. */
export function createLayoutFFile(file: string, agencies: readonly WrittenAgency[]): LayoutFFile {
  const names = new Map(agencies.map(({ code, name }) => [code, name]));
  const descriptor = openSync(`${file}.part`, 'w');
  let buffered = BYTE_ORDER_MARK + lineOf(HEADER);
  let number = 0;
  return {
    write(dossier) {
      buffered += lineOf(cellsOf(dossier, ++number, names));
      if (buffered.length < BUFFERED_BYTES) return;
      writeSync(descriptor, buffered);
      buffered = '';
    },
    finish() {
      writeSync(descriptor, buffered);
      closeSync(descriptor);
      renameSync(`${file}.part`, file);
    },
  };
}

function cellsOf(
  dossier: SyntheticDossier,
  number: number,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  return [
    String(number),
    dossier.code,
    dossier.aliases[0] ?? '',
    dossier.procedureCode,
    dossier.field ?? '',
    dossier.applicant,
    requireKnown(names, dossier.receivingAgency),
    requireKnown(names, dossier.handlingAgency),
    LAYOUT_B_STATUS_WORDS[dossier.status] ?? '',
    CHANNEL_WORDS[dossier.channel],
    ...[dossier.submittedAt, dossier.receivedAt, dossier.dueAt].map(writtenDate),
    ...[dossier.finishedAt, dossier.returnedAt, dossier.refusedAt].map(writtenDate),
  ];
}

/** `28/06/2024 10:00:00` */
function writtenDate(instant: string | null): string {
  if (instant === null) return '';
  const [day = '', time = ''] = toLocalText(instant).split(' ');
  return `${day.split('-').reverse().join('/')} ${time}`;
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The `dossiers` of a mapping of such files. The applicant's column is not in it. */
export function layoutFDossiers(agencies: readonly WrittenAgency[], receivers: readonly string[]): object {
  const codes = (some: readonly WrittenAgency[]) =>
    Object.fromEntries(some.map((agency) => [agency.name, agency.code]));
  const date = (column: string) => ({ column, format: 'vietnamese' });
  return {
    from: { files: '*.csv' },
    code: 'Mã hồ sơ',
    aliases: ['Số biên nhận'],
    procedure: { column: 'Mã TTHC' },
    field: { column: 'Lĩnh vực' },
    receivingAgency: {
      column: 'Cơ quan tiếp nhận',
      values: codes(agencies.filter(({ code }) => receivers.includes(code))),
    },
    handlingAgency: { column: 'Cơ quan giải quyết', values: codes(agencies) },
    status: {
      columns: ['Trạng thái'],
      values: LAYOUT_B_STATUS_WORDS.map((word, status) => ({ when: [word], status })),
    },
    channel: {
      column: 'Hình thức nộp',
      values: Object.fromEntries(Object.entries(CHANNEL_WORDS).map(([channel, word]) => [word, channel])),
    },
    dates: {
      submitted: date('Ngày nộp'),
      received: date('Ngày tiếp nhận'),
      due: date('Ngày hẹn trả'),
      finished: date('Ngày xử lý xong'),
      returned: date('Ngày trả kết quả'),
      refused: date('Ngày từ chối'),
    },
    synthetic: { constant: true },
  };
}
