import type { SystemMapping } from '../../sources/mapping/system-mapping';
import type {
  DossierFacts,
  GroupedProblem,
  ProcedureGroups,
  RowFault,
  RowFaults,
  ValueGroups,
} from './system-facts';
import type { SqlDossierFacts } from './sql-dossier-facts';

type DossiersMapping = NonNullable<SystemMapping['dossiers']>;

const OF_NAMES: readonly GroupedProblem['code'][] = ['ROW_UNKNOWN_PROCEDURE', 'ROW_DOUBTFUL_PROCEDURE'];

/**
 * Aggregates over a copy. In its store every word is one of ours or nothing: what the words were is in the problems of the pass, which
 * are told by themselves, so nothing is told twice here.
 */
export class CopiedDossierFacts implements DossierFacts {
  constructor(
    private readonly store: SqlDossierFacts,
    private readonly mapping: DossiersMapping,
    private readonly problems: readonly GroupedProblem[],
  ) {}

  async rowFaults(): Promise<RowFaults> {
    const found = await this.store.rowFaults();
    return { ...found, faults: found.faults.map((fault) => this.#named(fault)) };
  }

  agencies() {
    return this.store.agencies();
  }

  async handlingAgencies(): Promise<ValueGroups> {
    return KNOWN;
  }

  async statuses(): Promise<ValueGroups> {
    return KNOWN;
  }

  async channels(): Promise<ValueGroups> {
    return KNOWN;
  }

  /** Dossiers without a procedure, less those whose text of one led nowhere. */
  async procedures(): Promise<ProcedureGroups> {
    const { procedure } = this.mapping;
    if (procedure === null) return { column: '', groups: [], isCut: false };
    const found = await this.store.procedures();
    const told = this.problems
      .filter(({ code }) => OF_NAMES.includes(code))
      .reduce((sum, { rows }) => sum + rows, 0);
    const groups = found.groups
      .map((group) => (group.raw === null ? { ...group, rows: group.rows - told } : group))
      .filter(({ rows }) => rows > 0);
    return { ...found, column: procedure.column, groups };
  }

  dueDays() {
    return this.store.dueDays();
  }

  dueOn(days: readonly string[]) {
    return this.store.dueOn(days);
  }

  duplicates() {
    return this.store.duplicates();
  }

  aliasesThatAreCodes() {
    return this.store.aliasesThatAreCodes();
  }

  supplementsWithoutDossier() {
    return this.store.supplementsWithoutDossier();
  }

  stepsWithoutDossier() {
    return this.store.stepsWithoutDossier();
  }

  /** By the column of the system; the store has names of its own. */
  #named(fault: RowFault): RowFault {
    const own = Object.entries(this.mapping.dates).find(([name]) => name === fault.place)?.[1]?.column;
    return own === undefined ? fault : { ...fault, place: own };
  }
}

const KNOWN: ValueGroups = { columns: [], groups: [], isCut: false };
