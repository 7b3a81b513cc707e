import { join } from 'node:path';
import { projectRoot } from '../../../schema/runtime/project-root';
import { servedDossier } from '../../../subgraphs/province/services/served-rows';
import { readHolidays } from '../../../subgraphs/system/read-holidays';
import type { FederatedProvinceOptions } from '../federated-province';
import type { SystemShare } from '../split-province';
import type { TestProvince } from '../test-province';
import { houseAgencies, type HouseRows } from './house';
import { houseSubgraphs } from './house-subgraphs';
import { type HouseName, HOUSES } from './houses';

/** A province with what every kind of system can hold: nobody implements what another publishes. */
export function houseProvince(province: TestProvince): TestProvince {
  const procedures = province.procedures.map((procedure) => ({
    ...procedure,
    competences: procedure.competences.map((one) => ({ ...one, implementingAgencies: [] })),
  }));
  return { ...province, procedures };
}

/** A split into systems of these kinds, one each; they are closed with the stack. */
export function houseSplit(
  province: TestProvince,
  kinds: readonly HouseName[],
  stack: AsyncDisposableStack,
): FederatedProvinceOptions {
  return {
    systems: kinds.length,
    spanning: province.agencies.map(({ code }) => code),
    async open({ directory }, share, place) {
      const kind = kinds[place];
      if (kind === undefined) throw new TypeError('There is a kind for each system');
      const house = stack.use(await HOUSES[kind].open(rowsOf(share)));
      return new Map(Object.entries(houseSubgraphs(house, directory)));
    },
  };
}

function rowsOf({ dossiers, procedures }: SystemShare): HouseRows {
  return {
    dossiers: dossiers.map(servedDossier),
    procedures,
    agencies: houseAgencies([
      ...dossiers.flatMap(({ receivingAgency, handlingAgency }) => [receivingAgency, handlingAgency]),
      ...procedures.flatMap(({ competences }) => competences.map(({ agency }) => agency)),
    ]),
    holidays: readHolidays(join(projectRoot(), 'subgraphs/province/data/holidays.csv')),
  };
}
