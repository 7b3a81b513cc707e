import { join } from 'node:path';
import { z } from 'zod';
import type { AgencyCode } from '../../schema/agency-code';
import { searchWords } from '../../schema/vietnamese-text';
import type { Agency } from './agency';
import type { AgencyGroup } from './agency-group';
import type { ComponentSite } from './component-site';
import { optionalText, readCsv } from './read-csv';
import { firstDayOf, optionalDay, optionalWrittenDate } from './written-date';

export interface RegisteredAgency {
  readonly agency: Agency;
  readonly site: ComponentSite | null;
  /** The last column of the source: who came after, in words. */
  readonly successorText: string | null;
}

const LEVELS = { province: 'PROVINCE', district: 'DISTRICT', commune: 'COMMUNE' } as const;
const GROUPS = {
  specialised: 'SPECIALISED',
  'local government': 'LOCAL_GOVERNMENT',
  assembly: 'ASSEMBLY',
  service: 'SERVICE',
  vertical: 'VERTICAL',
  military: 'MILITARY',
  judicial: 'JUDICIAL',
  mass: 'MASS',
} as const satisfies Record<string, AgencyGroup>;

const level = z.enum(['province', 'district', 'commune']).transform((text) => LEVELS[text]);
const group = z
  .enum(Object.keys(GROUPS) as [keyof typeof GROUPS]) // the keys of a literal are its type's keys
  .transform((text) => GROUPS[text]);
const yesOrNo = z.enum(['yes', 'no']).transform((text) => text === 'yes');

const common = {
  key: z.string().min(1),
  name_vi: z.string().min(1),
  name_en: optionalText,
  valid_from: optionalWrittenDate,
  valid_to: optionalDay,
  successor: optionalText,
  certainty: optionalText,
};
const siteRow = z.object({
  ...common,
  site_no: z.coerce.number().int(),
  level,
  group,
  parent: optionalText,
  component_site_slug: z.string().min(1),
  slug_certainty: optionalText,
  gso_code: optionalText,
  has_tthc: yesOrNo,
});
/** The level stays text: the placeholder has two of them, and it is left out. */
const otherRow = z.object({ ...common, level: z.string() });
const additionRow = z.object({ agency_key: z.string(), parent: optionalText, group, has_tthc: yesOrNo });
const codeRow = z.object({
  agency_key: z.string(),
  scheme: z.enum(['QCVN_102_2016', 'QD_20_2020', 'QD_19_2025']),
  code: z.string().min(1),
  valid_from: optionalDay,
  valid_to: optionalDay,
  fictitious: yesOrNo,
});

type CommonRow = z.output<z.ZodObject<typeof common>>;
type CodesByKey = ReadonlyMap<string, readonly AgencyCode[]>;

/** The agencies of both files. A row of agencies_other.csv that agency_additions.csv does not know is a placeholder, no agency. */
export function readAgencies(dataFolder: string): readonly RegisteredAgency[] {
  const codes = readCodes(join(dataFolder, 'agency_codes.csv'));
  const additions = readCsv(join(dataFolder, 'agency_additions.csv'), additionRow);
  const withSite = readCsv(join(dataFolder, 'agencies.csv'), siteRow).map((row) => toSiteAgency(row, codes));
  const others = readCsv(join(dataFolder, 'agencies_other.csv'), otherRow).flatMap((row) => {
    const addition = additions.find(({ agency_key }) => agency_key === row.key);
    return addition === undefined ? [] : [toOtherAgency(row, addition, codes)];
  });
  return [...withSite, ...others];
}

function readCodes(file: string): CodesByKey {
  const rows = readCsv(file, codeRow);
  const keys = new Set(rows.map(({ agency_key }) => agency_key));
  return new Map([...keys].map((key) => [key, rows.filter((row) => row.agency_key === key).map(toCode)]));
}

function toCode(row: z.output<typeof codeRow>): AgencyCode {
  const { scheme, code, valid_from, valid_to, fictitious } = row;
  return { scheme, text: code, validFrom: valid_from, validTo: valid_to, fictitious };
}

function toSiteAgency(row: z.output<typeof siteRow>, codes: CodesByKey): RegisteredAgency {
  const agency = {
    ...toCommon(row, codes),
    level: row.level,
    group: row.group,
    hasProcedures: row.has_tthc,
    placeCode: row.gso_code,
    ...toParent(row.parent, codes),
  };
  const site = {
    slug: row.component_site_slug,
    number: row.site_no,
    name: row.name_vi,
    certainty: row.slug_certainty,
    agencyCode: agency.code,
  };
  return { agency, site, successorText: row.successor };
}

function toOtherAgency(
  row: z.output<typeof otherRow>,
  addition: z.output<typeof additionRow>,
  codes: CodesByKey,
): RegisteredAgency {
  const agency = {
    ...toCommon(row, codes),
    level: level.parse(row.level),
    group: addition.group,
    hasProcedures: addition.has_tthc,
    placeCode: null,
    ...toParent(addition.parent, codes),
  };
  return { agency, site: null, successorText: row.successor };
}

function toCommon(row: CommonRow, codes: CodesByKey) {
  return {
    key: row.key,
    code: canonicalCode(row.key, codes),
    codes: codes.get(row.key) ?? [],
    name: row.name_vi,
    nameEn: row.name_en,
    validFrom: row.valid_from === null ? null : firstDayOf(row.valid_from),
    validFromWritten: row.valid_from,
    validTo: row.valid_to,
    certainty: row.certainty,
    nameWords: searchWords(`${row.name_vi} ${row.name_en ?? ''}`),
  };
}

/** A parent in parentheses is a body outside the province and no row of the data. */
function toParent(parent: string | null, codes: CodesByKey) {
  const outer = parent === null ? null : /^\((.+)\)$/.exec(parent);
  return {
    parentCode: parent === null || outer !== null ? null : canonicalCode(parent, codes),
    outerParent: outer?.[1] ?? null,
  };
}

function canonicalCode(key: string, codes: CodesByKey): string {
  const code = codes.get(key)?.find(({ scheme }) => scheme === 'QD_20_2020');
  if (code === undefined) throw new Error(`agency_codes.csv gives no QD_20_2020 code for "${key}"`);
  return code.text;
}
