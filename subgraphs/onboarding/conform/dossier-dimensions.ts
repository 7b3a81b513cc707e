import { localDay } from '../../../schema/calendar-day';
import { TIMELINESS_VERDICTS } from '../../sources/dossiers/dossier-query';
import { type Dimension, foundValues } from './dimension';
import { type SampledDossier, STATUS_NAMES } from './dossier-collection';
import { judge } from './judged-dossier';
import { lastDayOf } from './sample';

type DossierDimension = Dimension<SampledDossier>;

/** The conditions of DossierFilter. */
export const DOSSIER_DIMENSIONS: readonly DossierDimension[] = [
  {
    ...listOf('status', ({ status }) => status),
    vi: 'trạng thái',
    en: 'status',
    values: () => STATUS_NAMES,
  },
  {
    ...listOf('channel', ({ channel }) => channel),
    vi: 'kênh nộp',
    en: 'channel',
    values: () => ['DIRECT', 'ONLINE', 'POSTAL'],
  },
  {
    ...listOf('timeliness', () => null),
    vi: 'kết luận đúng hạn (cách tính của tỉnh)',
    en: 'timeliness verdict (local clock)',
    values: () => TIMELINESS_VERDICTS,
    of: (row, now) => present(judge(row, 'LOCAL', now).result),
  },
  {
    ...listOf('agencies', ({ receivingAgency }) => receivingAgency?.code ?? null),
    vi: 'cơ quan tiếp nhận',
    en: 'receiving agency',
  },
  { ...listOf('procedures', ({ procedure }) => procedure?.code ?? null), vi: 'thủ tục', en: 'procedure' },
  { ...listOf('fields', ({ field }) => field), vi: 'lĩnh vực', en: 'field' },
  months('received', 'tháng tiếp nhận', 'month of receipt', ({ receivedAt }) => receivedAt),
  months('due', 'tháng hẹn trả', 'month of the promised date', ({ dueAt }) => dueAt),
];

function listOf(
  id: string,
  valueOf: (row: SampledDossier) => string | null,
): Omit<DossierDimension, 'vi' | 'en'> {
  const of = (row: SampledDossier) => present(valueOf(row));
  return {
    id,
    isPartition: true,
    of,
    values: (rows) => foundValues(rows, of),
    toFilter: (values) => ({ [id]: values }),
  };
}

function months(
  id: 'received' | 'due',
  vi: string,
  en: string,
  instantOf: (row: SampledDossier) => string | null,
): DossierDimension {
  const of = (row: SampledDossier) => {
    const instant = instantOf(row);
    return instant === null ? [] : [localDay(instant).slice(0, 7)];
  };
  return {
    id,
    vi,
    en,
    isPartition: true,
    of,
    values: (rows) => foundValues(rows, of),
    toFilter: ([month = '1900-01']) => ({ [`${id}From`]: `${month}-01`, [`${id}To`]: lastDayOf(month) }),
  };
}

function present(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}
