import { MissingSecretError } from '../../sources/mapping/secret';
import type { SystemMapping } from '../../sources/mapping/system-mapping';
import { SourceProblem } from '../../sources/source-problem';
import {
  createProcedureMatcher,
  type MatchProcedure,
  type NamedProcedure,
} from '../../sources/values/procedure-matcher';
import { assessCopy } from './assess-copy';
import { assessCatalogue, assessProcedures, type KnownProcedures } from './assess-procedures';
import { assessDueDays, assessOccurrences, assessOrphans, assessRowFaults } from './assess-rows';
import { assessSpeed } from './assess-speed';
import {
  assessAgencies,
  assessChannels,
  assessDirectory,
  assessHandlingAgencies,
  assessStatuses,
  oursOf,
} from './assess-words';
import type { CheckContext } from './check-context';
import { CHECK_REPORT_VERSION, type CheckReport, type Finding } from './check-report';
import { describeSource } from './describe-source';
import { byAgency, dossierFigures } from './dossier-figures';
import { SEVERITIES } from './finding-codes';
import { makeFinding, sumRows } from './make-finding';
import type { DossierFacts, SystemFacts } from './system-facts';

export interface CheckOptions {
  readonly mapping: SystemMapping;
  readonly mappingFile: string;
  /** Throws a SourceProblem or MissingSecretError when the system cannot be reached at all. */
  readonly open: () => Promise<SystemFacts>;
  readonly context: CheckContext;
  /** Steps done and in all, and the name of what comes next. */
  readonly onStep?: (done: number, total: number, next: string) => void;
  /** Milliseconds since 1970, of the machine. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
}

/** Reads one system by its mapping and says what is wrong. A part that fails is a finding, and leaves the other parts whole. */
export async function checkSystem(options: CheckOptions): Promise<CheckReport> {
  const started = options.clock();
  const parts = await checkedParts(options);
  const { mapping, context } = options;
  const findings = [...parts.findings, ...assessDirectory(namedAgencies(mapping), context)].sort(byWeight);
  const number = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    version: CHECK_REPORT_VERSION,
    system: {
      id: mapping.system,
      name: mapping.name,
      kind: mapping.kind,
      mode: mapping.kind === 'sql' ? mapping.mode : 'copy',
      source: describeSource(mapping),
      mapping: options.mappingFile,
    },
    checkedAt: new Date(started).toISOString(),
    tookMs: Math.round(options.clock() - started),
    now: new Date(context.nowMs).toISOString(),
    connection: parts.connection,
    summary: { errors: number('error'), warnings: number('warning'), notes: number('note') },
    dossiers: parts.dossiers,
    procedures: parts.procedures,
    queries: parts.queries,
    copy: parts.copy,
    findings,
    notChecked: parts.notChecked,
  };
}

type Parts = Pick<
  CheckReport,
  'connection' | 'dossiers' | 'procedures' | 'queries' | 'copy' | 'findings' | 'notChecked'
>;

async function checkedParts(options: CheckOptions): Promise<Parts> {
  let facts: SystemFacts;
  try {
    facts = await options.open();
  } catch (error) {
    return unreachable(error);
  }
  await using opened = facts;
  return await new Check(opened, options).run();
}

function unreachable(error: unknown): Parts {
  return {
    connection: 'unreachable',
    dossiers: null,
    procedures: null,
    queries: null,
    copy: null,
    findings: [problemFinding(error)],
    notChecked: [{ part: 'everything', reason: 'The system cannot be reached' }],
  };
}

/** One clear finding for what went wrong as a whole. @throws whatever is no problem of the system: that is a bug. */
function problemFinding(error: unknown, paths: readonly string[] = []): Finding {
  if (error instanceof MissingSecretError) return makeFinding('SECRET_MISSING', { place: error.message });
  if (!(error instanceof SourceProblem)) throw error;
  const place = paths.length === 0 ? error.place : `${error.place} (${paths.join(', ')})`;
  return makeFinding(error.code, { place, message: error.message });
}

/** One run over the facts of a system; what it found so far. */
class Check {
  readonly #findings: Finding[] = [];
  readonly #notChecked: { readonly part: string; readonly reason: string }[] = [];
  /** null: the system has no catalogue, or it cannot be read, which is told. */
  #own: readonly NamedProcedure[] | null = null;
  #done = 0;
  #total = 0;

  constructor(
    private readonly facts: SystemFacts,
    private readonly options: CheckOptions,
  ) {}

  async run(): Promise<Parts> {
    const { missing, dossiers, catalogue, speed, copy } = this.facts;
    this.#total = (dossiers === null ? 0 : 11) + (catalogue === null ? 0 : 2) + (speed === null ? 0 : 2);
    this.#findings.push(...missing.map(({ problem, paths }) => problemFinding(problem, paths)));
    const procedures = catalogue === null ? null : await this.#catalogue(catalogue);
    this.#add(assessCopy(this.facts.problems, this.#matcher()));
    const figures = dossiers === null ? null : await this.#dossiers(dossiers);
    const queries = speed === null ? null : await this.#speed(speed);
    return {
      connection: this.#notChecked.length > 0 || missing.length > 0 ? 'partial' : 'ok',
      dossiers: figures,
      procedures,
      queries,
      copy:
        copy === null ? null : { asOf: copy.asOf, rows: copy.rows, problems: sumRows(this.facts.problems) },
      findings: this.#findings,
      notChecked: this.#notChecked,
    };
  }

  async #dossiers(facts: DossierFacts): Promise<CheckReport['dossiers']> {
    const { context } = this.options;
    const mapping = this.options.mapping.dossiers ?? null;
    const rows = await this.#step('dates of the dossiers', () => facts.rowFaults());
    this.#add(rows === null ? [] : assessRowFaults(rows));
    const agencies = await this.#step('receiving agencies', () => facts.agencies());
    this.#add(agencies === null ? [] : assessAgencies(agencies, mapping?.receivingAgency ?? null, context));
    await this.#assess('handling agencies', async () =>
      assessHandlingAgencies(await facts.handlingAgencies(), mapping?.handlingAgency ?? null, context),
    );
    await this.#assess('statuses', async () => assessStatuses(await facts.statuses()));
    await this.#assess('channels', async () => assessChannels(await facts.channels()));
    await this.#assess('procedures of the dossiers', async () => {
      // Names of a copy have been matched, and what came of it is among its problems.
      const match = this.facts.copy === null ? this.#matcher() : null;
      return assessProcedures(await facts.procedures(), this.#known(), match);
    });
    await this.#assess('promised days', () => assessDueDays(facts, context));
    await this.#assess('duplicate codes', async () =>
      assessOccurrences('DUPLICATE_CODE', await facts.duplicates()),
    );
    await this.#assess('aliases', async () =>
      assessOccurrences('ALIAS_IS_ANOTHERS_CODE', await facts.aliasesThatAreCodes()),
    );
    await this.#assess('supplements', async () =>
      assessOrphans(
        'SUPPLEMENT_WITHOUT_DOSSIER',
        await facts.supplementsWithoutDossier(),
        placeOf(mapping?.supplements),
      ),
    );
    await this.#assess('steps', async () =>
      assessOrphans('STEP_WITHOUT_DOSSIER', await facts.stepsWithoutDossier(), placeOf(mapping?.steps)),
    );
    return dossierFigures(rows, agencies);
  }

  async #catalogue(facts: NonNullable<SystemFacts['catalogue']>): Promise<CheckReport['procedures']> {
    const agencies = await this.#step('catalogue', () => facts.agencies());
    this.#own = await facts.procedures().catch(() => null);
    await this.#assess('codes of the catalogue', () => assessCatalogue(facts));
    if (agencies === null) return null;
    return {
      rows: sumRows(agencies),
      agencies: byAgency(agencies).map(([agency, rows]) => ({ agency, rows })),
    };
  }

  #known(): KnownProcedures {
    return { own: this.#own, province: this.options.context.catalogue?.procedures ?? null };
  }

  /** As the dossiers are served: by the system's own catalogue, else by that of the province. null where procedures are codes. */
  #matcher(): MatchProcedure | null {
    const byName = this.options.mapping.dossiers?.procedure?.byName ?? null;
    if (byName === null) return null;
    const { own, province } = this.#known();
    const named = (own ?? province ?? []).filter(({ name }) => name !== '');
    return createProcedureMatcher(named, byName);
  }

  async #speed(facts: NonNullable<SystemFacts['speed']>): Promise<CheckReport['queries']> {
    const queries = await this.#step('typical queries', () => facts.queries(() => undefined));
    const indexes = await this.#step('missing indexes', () => facts.missingIndexes());
    this.#add(assessSpeed(queries ?? [], indexes ?? []));
    return queries === null ? null : [...queries];
  }

  async #assess(part: string, work: () => Promise<readonly Finding[]>): Promise<void> {
    this.#add((await this.#step(part, work)) ?? []);
  }

  /** null when the system could not answer; that is a finding, and the next step is tried. */
  async #step<Result>(part: string, work: () => Promise<Result>): Promise<Result | null> {
    this.options.signal?.throwIfAborted();
    this.options.onStep?.(this.#done, this.#total, part);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SourceProblem)) throw error;
      this.#notChecked.push({ part, reason: error.message });
      this.#add([makeFinding('CHECK_FAILED', { place: part, message: error.message })]);
      return null;
    } finally {
      this.#done += 1;
    }
  }

  #add(findings: readonly Finding[]): void {
    this.#findings.push(...findings);
  }
}

function namedAgencies({ agencies, dossiers, procedures }: SystemMapping): readonly string[] {
  return [
    ...agencies,
    ...oursOf(dossiers?.receivingAgency ?? null),
    ...oursOf(dossiers?.handlingAgency ?? null),
    ...oursOf(procedures?.publishedBy ?? null),
  ];
}

function placeOf(part: { readonly table: string } | { readonly items: string } | null | undefined): string {
  if (part === null || part === undefined) return '';
  return 'table' in part ? part.table : part.items;
}

function byWeight(a: Finding, b: Finding): number {
  const weight = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return weight(a) - weight(b) || (b.count ?? 0) - (a.count ?? 0);
}
