import { type Dimension, foundValues } from './dimension';
import type { SampledProcedure } from './procedure-collection';

/** The conditions of ProcedureFilter; text is a check of its own. */
export const PROCEDURE_DIMENSIONS: readonly Dimension<SampledProcedure>[] = [
  {
    ...listOf('fields', ({ field }) => (field === null ? [] : [field])),
    isPartition: true,
    vi: 'lĩnh vực',
    en: 'field',
  },
  { ...listOf('levels', ({ levels }) => levels), vi: 'cấp thực hiện', en: 'level' },
  {
    ...listOf('channels', ({ channels }) => channels.map(({ channel }) => channel)),
    vi: 'cách thức thực hiện',
    en: 'channel',
  },
  {
    ...listOf('issues', ({ issues }) => issues.map(({ code }) => code)),
    vi: 'điều chưa sạch',
    en: 'what is not clean',
  },
  {
    ...listOf('agencies', ({ agency, implementingAgencies }) =>
      [agency, ...(implementingAgencies ?? [])].flatMap((one) => one?.code ?? []),
    ),
    vi: 'cơ quan công bố hoặc thực hiện',
    en: 'publishing or implementing agency',
  },
];

function listOf(
  id: string,
  valuesOf: (row: SampledProcedure) => readonly string[],
): Omit<Dimension<SampledProcedure>, 'vi' | 'en'> {
  const of = (row: SampledProcedure) => [...new Set(valuesOf(row))];
  return {
    id,
    isPartition: false,
    of,
    values: (rows) => foundValues(rows, of),
    toFilter: (values) => ({ [id]: values }),
  };
}
