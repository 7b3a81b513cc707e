import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../schema/runtime/project-root';
import { readProvinceAgencies } from '../../province/province-agency';
import { UsageError } from '../terminal/usage-error';
import type { ListedAgency } from './recognise/match-agency';

/** The province's list of agencies; that of the embedded province when no folder is given. */
export function readListedAgencies(folder: string | undefined): readonly ListedAgency[] {
  const from = folder ?? join(projectRoot(), 'subgraphs', 'province', 'data');
  if (!existsSync(join(from, 'agencies.csv')))
    throw new UsageError(
      `The folder ${from} has no agencies.csv; --directory is the folder of the province's data`,
    );
  return readProvinceAgencies(from).map(({ code, formerCode, name }) => ({
    code,
    name,
    codes: [code, formerCode],
  }));
}

/** The agencies of `--agencies H23.X04,000.00.X05.H23`. @throws UsageError for a code that is not in the list. */
export function chooseAgencies(
  listed: readonly ListedAgency[],
  text: string | undefined,
): readonly ListedAgency[] {
  if (text === undefined) return [];
  const codes = text
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
  return codes.map((code) => {
    const agency = listed.find(({ codes: known }) => known.includes(code.toUpperCase()));
    if (agency === undefined)
      throw new UsageError(`--agencies: "${code}" is no code of the province's list of agencies`);
    return agency;
  });
}
