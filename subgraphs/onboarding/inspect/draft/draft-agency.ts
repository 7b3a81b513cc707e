import { readDossierCodeShape } from '../../../../schema/dossier-code-shape';
import {
  MOST_VALUES,
  type InspectedTable,
  type SampledRow,
  type SampledValue,
} from '../read/inspected-table';
import type { MatchedAgency } from '../recognise/match-agency';
import { isNumeric, rows, shortList, shown, type DraftContext, type Plain } from './draft-context';
import type { DraftPath } from './draft-notes';
import { looksLikeOffice, maskValue } from './mask-value';
import { findDictionary } from './find-dictionary';

interface AgencyColumn {
  readonly table: InspectedTable;
  readonly column: string;
  /** The column of dossier codes, whose beginnings say who issued them. */
  readonly codeColumn: string | null;
  /** Whose rows the system holds, when that is said; the others are left out. */
  readonly only: readonly string[];
}

interface FoundAgency extends MatchedAgency {
  /** How it was found, where that needs saying. */
  readonly by: string | null;
}

/** The values of an agency column by our codes; null when the column is of no use. */
export async function draftAgency(
  context: DraftContext,
  source: AgencyColumn,
  path: DraftPath,
): Promise<Plain | null> {
  const { notes } = context;
  const { table, column, only } = source;
  const counts = (await table.countValues(column)).filter(({ value }) => value !== null && value !== '');
  if (counts.length > MOST_VALUES) {
    notes.doubt(path, `${column} has too many different values to be a list of agencies`);
    return null;
  }
  const find = await createFinder(
    context,
    source,
    counts.map(({ value }) => value),
  );
  const values: [string, string][] = [];
  const unknown: string[] = [];
  const foreign: string[] = [];
  for (const { value, count } of counts) {
    const found = await find(value);
    if (found === null) unknown.push(`  ${officeOrMask(value)} (${rows(count)})`);
    else if (only.length > 0 && !only.includes(found.code))
      foreign.push(`  ${shown(value)} (${rows(count)}): ${found.code}`);
    else {
      values.push([String(value), found.code]);
      const key = [...path, 'values', String(value)];
      const by = found.by === null ? '' : `, ${found.by}`;
      if (found.isSure) notes.explain(key, `${found.name}${by}`);
      else notes.doubt(key, `${found.name}? ${rows(count)}${by}`);
    }
  }
  if (unknown.length > 0)
    notes.doubt(
      path,
      ['which agencies are these? Put their codes under "values":', ...shortList(unknown)].join('\n'),
    );
  if (foreign.length > 0)
    notes.explain(
      path,
      ['not among the agencies that were asked for, and so left out:', ...shortList(foreign)].join('\n'),
    );
  if (values.length === 0 && counts.length > 0 && unknown.length === 0 && foreign.length === 0) return null;
  const type = (await isNumeric(table, column)) ? { type: 'number' } : {};
  return { column, ...type, values: Object.fromEntries(values) };
}

function officeOrMask(value: SampledValue): string {
  return value === null || looksLikeOffice(value) ? shown(value) : JSON.stringify(maskValue(value));
}

type Finder = (value: SampledValue) => Promise<FoundAgency | null>;

/** By code or name in the column itself, then by a table of the agencies, then by the codes of the dossiers. */
async function createFinder(
  context: DraftContext,
  { table, column, codeColumn }: AgencyColumn,
  values: readonly SampledValue[],
): Promise<Finder> {
  const { matchAgency, system } = context;
  const dictionary = values.every((value) => matchAgency(String(value)) !== null)
    ? null
    : await findDictionary(system.tables, {
        values,
        besides: table,
        rate: (texts) =>
          texts.filter((text) => text !== '' && matchAgency(text) !== null).length / texts.length,
      });
  return async (value) => {
    const direct = matchAgency(String(value));
    if (direct !== null) return { ...direct, by: null };
    const text = dictionary?.texts.get(String(value));
    const named = text === undefined || text === '' ? null : matchAgency(text);
    if (named !== null)
      return { ...named, by: `by ${dictionary?.textColumn ?? ''} of the table ${dictionary?.table ?? ''}` };
    return codeColumn === null
      ? null
      : byPrefix(await table.rowsWith(column, value, PREFIX_ROWS), codeColumn, matchAgency);
  };
}

const PREFIX_ROWS = 50;
const NEARLY_ALL = 0.9;

/** Who issued a dossier is a hint, not a proof, of who received it: never sure. */
function byPrefix(
  found: readonly SampledRow[],
  codeColumn: string,
  matchAgency: DraftContext['matchAgency'],
): FoundAgency | null {
  const commonest = commonestIssuer(
    found.map((row) => row[codeColumn] ?? null),
    matchAgency,
  );
  if (commonest === null || commonest.share < NEARLY_ALL) return null;
  const { agency, prefix } = commonest;
  return { ...agency, isSure: false, by: `by the beginning of its dossier codes, ${prefix}-…` };
}

export interface Issuer {
  readonly agency: MatchedAgency;
  /** One of the notations in which it stands before the date. */
  readonly prefix: string;
  /** Of the codes of the national form. */
  readonly share: number;
}

/** The agency that issued most of the codes, in whichever notation it is written there. */
export function commonestIssuer(
  codes: readonly SampledValue[],
  matchAgency: DraftContext['matchAgency'],
): Issuer | null {
  const issued = codes
    .map((code) => readDossierCodeShape(String(code ?? ''))?.prefix)
    .filter((prefix) => prefix !== undefined)
    .map((prefix) => ({ prefix, agency: matchAgency(prefix) }));
  const [first] = [...Map.groupBy(issued, ({ agency }) => agency?.code ?? null)]
    .filter(([code]) => code !== null)
    .map(([, same]) => same)
    .sort((a, b) => b.length - a.length);
  const [one] = first ?? [];
  if (first === undefined || one === undefined || one.agency === null) return null;
  return { agency: one.agency, prefix: one.prefix, share: first.length / issued.length };
}
