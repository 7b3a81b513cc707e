import type { ProcedureRecord } from '../sources/catalogue/procedure-record';
import type { ProvinceAgency } from './province-agency';
import type { ProvinceLayout } from './province-layout';
import { isNamed } from './workload';

export interface Placement {
  /** The one system that keeps the catalogue row. */
  systemOfProcedure(record: ProcedureRecord): string;
  /** The one system that keeps the dossiers of this procedure that this agency receives. Codes are canonical. */
  systemOfDossier(dossier: DossierOrigin): string;
  /** Agencies that receive dossiers somewhere, in the order of the description. */
  readonly receivers: readonly ProvinceAgency[];
  readonly agencies: readonly ProvinceAgency[];
}

export interface DossierOrigin {
  readonly receivingAgency: string;
  readonly procedureCode: string;
  readonly procedureName: string;
}

export class ProvinceLayoutError extends Error {}

/** Applies the description of the systems. Throws naming an agency it does not know or that two systems claim whole. */
export function createPlacement(
  { systems }: Pick<ProvinceLayout, 'systems'>,
  agencies: readonly ProvinceAgency[],
): Placement {
  const byKey = new Map(agencies.map((agency) => [agency.key, agency]));
  const agencyOf = (key: string): ProvinceAgency => {
    const agency = byKey.get(key);
    if (agency === undefined)
      throw new ProvinceLayoutError(`The systems name the agency "${key}", which is not registered`);
    return agency;
  };
  const desks = readDesks(systems, agencyOf);
  const publishers = readPublishers(systems, agencyOf);
  const known = new Map<string, string>();

  function findSystem({ receivingAgency, procedureName }: DossierOrigin): string {
    const desk = desks.get(receivingAgency);
    const special = desk?.special.find(({ named }) => isNamed(procedureName, named));
    const system = special?.system ?? desk?.whole ?? desk?.special[0]?.system;
    if (system === undefined)
      throw new ProvinceLayoutError(`No system receives dossiers for "${receivingAgency}"`);
    return system;
  }

  return {
    agencies,
    receivers: agencies.filter(({ code }) => desks.has(code)),
    systemOfProcedure(record) {
      const publisher = record.competences[0]?.agency;
      const system =
        (publisher === undefined ? undefined : publishers.byCode.get(publisher)) ?? publishers.others;
      if (system === null)
        throw new ProvinceLayoutError(`No system publishes the procedure "${record.code}"`);
      return system;
    },
    systemOfDossier(dossier) {
      const key = `${dossier.receivingAgency} ${dossier.procedureCode}`;
      const system = known.get(key) ?? findSystem(dossier);
      known.set(key, system);
      return system;
    },
  };
}

interface DeskSystems {
  readonly special: { readonly system: string; readonly named: readonly string[] }[];
  whole: string | null;
}

type AgencyOf = (key: string) => ProvinceAgency;

function readDesks(systems: ProvinceLayout['systems'], agencyOf: AgencyOf): ReadonlyMap<string, DeskSystems> {
  const desks = new Map<string, DeskSystems>();
  for (const [system, { receives }] of Object.entries(systems)) {
    for (const { agency, named } of receives) {
      const { code } = agencyOf(agency);
      const desk = desks.get(code) ?? { special: [], whole: null };
      desks.set(code, desk);
      if (named !== null) desk.special.push({ system, named });
      else if (desk.whole === null) desk.whole = system;
      else
        throw new ProvinceLayoutError(`Both ${desk.whole} and ${system} receive all dossiers of "${agency}"`);
    }
  }
  return desks;
}

interface Publishers {
  readonly byCode: ReadonlyMap<string, string>;
  readonly others: string | null;
}

function readPublishers(systems: ProvinceLayout['systems'], agencyOf: AgencyOf): Publishers {
  const byCode = new Map<string, string>();
  let others: string | null = null;
  for (const [system, { publishes }] of Object.entries(systems)) {
    if (publishes === null) continue;
    if (publishes === 'others') others ??= system;
    else for (const key of publishes) byCode.set(agencyOf(key).code, system);
  }
  return { byCode, others };
}
