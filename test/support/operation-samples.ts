import type { Random } from '../../subgraphs/province/random';
import type { TestProvince } from './test-province';

/** Values that occur in a province's rows, and a few that do not. */
export interface Samples {
  readonly agencies: readonly string[];
  readonly procedures: readonly string[];
  readonly dossiers: readonly string[];
  readonly fields: readonly string[];
  readonly texts: readonly string[];
  readonly sites: readonly string[];
  readonly places: readonly string[];
  readonly days: readonly string[];
}

export function readSamples({ agencies, agencyData, procedures, dossiers }: TestProvince): Samples {
  const busy = [...new Set(dossiers.map(({ receivingAgency }) => receivingAgency))].slice(0, 30);
  return {
    agencies: [
      ...busy,
      ...busy,
      ...agencies.flatMap(({ code, formerCode }) => [code, formerCode]),
      'H23',
      'H24',
      'H23.X54',
      'H23.X99',
      'H23.X99',
      'H32',
      '000.00.99.H23',
    ],
    procedures: [
      ...dossiers.slice(0, 120).map(({ procedureCode }) => procedureCode),
      ...everyNth(procedures, 12).map(({ code }) => code),
      ...procedures
        .filter(({ hasLocalCode }) => hasLocalCode)
        .map(({ code }) => code)
        .slice(0, 5),
      '1.001193.000.00.00.H23',
      '9.999999',
    ],
    dossiers: [
      ...everyNth(dossiers, 4).map(({ code }) => code),
      ...dossiers.flatMap(({ aliases }) => aliases),
      'H23.X04-240101-999999',
      '000.00.X04.H23-240101-0001',
      'không có',
    ],
    fields: [...new Set(procedures.flatMap(({ field }) => field ?? []))],
    texts: ['dang ky', 'Đất', 'khai sinh', 'giấy phép', 'cap lai giay', 'hoa', 'xyzzy', '', '   ', 'đ'],
    sites: [...agencyData.sites.map(({ slug }) => slug), 'khong-co'],
    places: [...everyNth(agencyData.places, 9).map(({ code }) => code), '00000'],
    days: [
      '2021-06-01',
      '2022-12-31',
      '2023-07-15',
      '2024-01-01',
      '2024-06-27',
      '2024-06-28',
      '2024-07-10',
      '2025-02-28',
      '2025-03-01',
      '2025-06-30',
      '2025-07-01',
      '2025-08-15',
    ],
  };
}

function everyNth<Row>(rows: readonly Row[], n: number): readonly Row[] {
  return rows.filter((_, place) => place % n === 0);
}

export function pickOne<Value>(random: Random, values: readonly Value[]): Value {
  // The index is in range whenever there is a value to pick.
  return values[random.below(values.length)] as Value;
}

/** One to `most` different values. */
export function pickSome<Value>(random: Random, values: readonly Value[], most: number): readonly Value[] {
  const count = 1 + random.below(most);
  return [...new Set(Array.from({ length: count }, () => pickOne(random, values)))];
}
