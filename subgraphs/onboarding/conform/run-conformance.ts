import { NOW_HEADER, readNow } from '../../../schema/wire-headers';
import type { SampledRow } from './collection';
import { CheckFailure, CheckSkipped, type ConformanceCheck, type Evidence } from './conformance-check';
import type { ConformanceContext, RowContext } from './conformance-context';
import type { CheckResult, ConformanceReport } from './conformance-report';
import type { SubgraphName } from './contract';
import { detectSubgraph } from './detect-subgraph';
import { Endpoint, EndpointUnreachableError, TooManyRequestsError } from './endpoint';
import { type Fixture, fixtureCheck } from './fixture';
import { findAgencies } from './find-agencies';
import { PageWalks } from './page-walks';
import { readSample, type Sample } from './sample';
import { suiteOf } from './suite';

export interface ConformanceOptions {
  /** `http://host:port/dossiers` */
  readonly url: string;
  /** Told by the endpoint's schema when left out. */
  readonly subgraph?: SubgraphName;
  /** Those that have rows here; what `/holdings` declares when left out. */
  readonly agencies?: readonly string[];
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For one answer; 10 s when left out. */
  readonly timeoutMs?: number;
  /** The instant at which all is judged, `2024-06-28T03:00:00Z`; the present one when left out. */
  readonly now?: string;
  /** How many rows are read at most; 2,000 when left out. */
  readonly maxRows?: number;
  /** 5,000 when left out. */
  readonly maxRequests?: number;
  /** Ids of checks (`pages.next`) or of groups of them (`pages`); all when left out. */
  readonly only?: readonly string[];
  /** Compares answers too. */
  readonly fixture?: Fixture;
  readonly onCheck?: (result: CheckResult, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Holds a running endpoint against the contract of its subgraph; only reads. Throws EndpointUnreachableError when nothing answers,
 * UnknownSubgraphError when it does not say what it is, BadInputError for a wrong `now`.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const endpoint = createEndpoint(options);
  await requireJson(endpoint);
  const subgraph = options.subgraph ?? (await detectSubgraph(endpoint));
  const context = { endpoint, subgraph, ...(await findAgencies(endpoint, subgraph, options.agencies)) };
  const run = new ConformanceRun(context, options);
  return run.report();
}

/** A page of a web server, or of a proxy before it, is no subgraph. */
async function requireJson(endpoint: Endpoint): Promise<void> {
  const { status, body } = await endpoint.ask({ query: '{ __typename }' });
  if (body === undefined) throw new EndpointUnreachableError(endpoint.url, `HTTP ${status} and no JSON`);
}

const DEFAULTS = { timeoutMs: 10_000, maxRows: 2_000, maxRequests: 5_000 };

export function createEndpoint(options: ConformanceOptions): Endpoint {
  return new Endpoint({
    url: options.url,
    headers: options.headers ?? {},
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    maxRequests: options.maxRequests ?? DEFAULTS.maxRequests,
    now: readNow(options.now ?? options.headers?.[NOW_HEADER] ?? presentSecond()),
  });
}

function presentSecond(): string {
  return new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** None of the names is that of a check. */
export class UnknownCheckError extends Error {
  constructor(names: readonly string[]) {
    super(`No check is called ${names.map((name) => `"${name}"`).join(' or ')}: see docs/conformance.md`);
    this.name = 'UnknownCheckError';
  }
}

type SampleState =
  { readonly sample: Sample<SampledRow>; readonly walks: PageWalks } | { readonly failure: unknown };

/** A system that lives changes under the suite: what fails while its rows change is tried again with the new ones. */
const MAX_ATTEMPTS = 3;

class ConformanceRun {
  readonly #suite;
  #state: SampleState | undefined;

  constructor(
    private readonly context: ConformanceContext,
    private readonly options: ConformanceOptions,
  ) {
    this.#suite = suiteOf(context.subgraph);
  }

  async report(): Promise<ConformanceReport> {
    const { endpoint, subgraph, agencies } = this.context;
    const checks = await this.#runAll();
    const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length;
    const state = this.#state;
    return {
      url: endpoint.url,
      subgraph,
      now: endpoint.now,
      agencies,
      sample: state !== undefined && 'sample' in state ? state.sample.description : null,
      requests: endpoint.requests,
      passed: count('pass'),
      failed: count('fail'),
      skipped: count('skipped'),
      checks,
    };
  }

  async #runAll(): Promise<readonly CheckResult[]> {
    const { fixture, onCheck, signal } = this.options;
    const checks = [...this.#suite.checks, ...(fixture === undefined ? [] : [fixtureCheck(fixture)])];
    const steps = [
      ...this.#chosen(this.#suite.schema).map(
        (check) => () => this.#try(check, () => check.run(this.context)),
      ),
      ...this.#chosen([SAMPLE_CHECK]).map((check) => () => this.#try(check, () => this.#requireSample())),
      ...this.#chosen(checks).map((check) => () => this.#tryOverRows(check)),
    ];
    if (steps.length === 0) throw new UnknownCheckError(this.options.only ?? []);
    const results: CheckResult[] = [];
    for (const step of steps) {
      signal?.throwIfAborted();
      const result = await step();
      results.push(result);
      onCheck?.(result, results.length, steps.length);
    }
    return results;
  }

  #chosen<Check extends { readonly id: string }>(checks: readonly Check[]): readonly Check[] {
    const { only } = this.options;
    if (only === undefined) return checks;
    return checks.filter(({ id }) => only.some((name) => id === name || id.startsWith(`${name}.`)));
  }

  async #tryOverRows(check: ConformanceCheck<RowContext<SampledRow>>): Promise<CheckResult> {
    const state = await this.#read();
    if ('failure' in state && check.needsSample === true)
      return this.#try(check, () =>
        Promise.reject(new CheckSkipped('the rows could not be read: see rows.readable')),
      );
    for (let attempt = 1; ; attempt++) {
      const result = await this.#try(check, () => check.run(this.#rowContext()));
      if (result.status !== 'fail' || check.needsSample !== true || attempt === MAX_ATTEMPTS) return result;
      if (!(await this.#hasChanged())) return result;
    }
  }

  #rowContext(): RowContext<SampledRow> {
    const { collection } = this.#suite;
    const state = this.#state;
    if (state !== undefined && 'sample' in state)
      return { ...this.context, collection, sample: state.sample, walks: state.walks };
    // Only for checks that do not look at rows.
    const sample = EMPTY_SAMPLE;
    return {
      ...this.context,
      collection,
      sample,
      walks: new PageWalks({ ...this.context, collection, sample }),
    };
  }

  async #read(): Promise<SampleState> {
    return (this.#state ??= await this.#readNew());
  }

  async #readNew(): Promise<SampleState> {
    const { collection } = this.#suite;
    const { endpoint, agencies } = this.context;
    const maxRows = this.options.maxRows ?? DEFAULTS.maxRows;
    try {
      const sample = await readSample({ endpoint, collection, agencies, maxRows });
      return { sample, walks: new PageWalks({ ...this.context, collection, sample }) };
    } catch (failure) {
      return { failure };
    }
  }

  async #requireSample(): Promise<readonly string[]> {
    const state = await this.#read();
    if ('failure' in state) throw asFailure(state.failure);
    return [state.sample.description];
  }

  /** Reads the rows anew and keeps them, when they are not those of before. */
  async #hasChanged(): Promise<boolean> {
    const before = this.#state;
    const after = await this.#readNew();
    if (before === undefined || 'failure' in before || 'failure' in after) return false;
    if (JSON.stringify(before.sample) === JSON.stringify(after.sample)) return false;
    this.#state = after;
    return true;
  }

  async #try(
    check: Pick<ConformanceCheck<never>, 'id' | 'title'>,
    run: () => Promise<readonly string[] | void>,
  ): Promise<CheckResult> {
    const { id, title } = check;
    const startedAt = performance.now();
    const result = (rest: Pick<CheckResult, 'status'> & Partial<CheckResult>): CheckResult => {
      const tookMs = Math.round(performance.now() - startedAt);
      return { id, title, notes: [], tookMs, ...rest };
    };
    try {
      return result({ status: 'pass', notes: (await run()) ?? [] });
    } catch (error) {
      if (error instanceof CheckFailure) return result({ status: 'fail', evidence: error.evidence });
      if (error instanceof CheckSkipped) return result({ status: 'skipped', why: error.why });
      if (error instanceof TooManyRequestsError) return result({ status: 'fail', evidence: tooMany(error) });
      throw error;
    }
  }
}

/** Rows that cannot be sampled leave nearly everything unchecked: that is no pass. */
function asFailure(failure: unknown): unknown {
  if (!(failure instanceof CheckSkipped)) return failure;
  return new CheckFailure({ request: null, expected: 'rows that can be read whole', got: failure.why });
}

function tooMany({ maxRequests }: TooManyRequestsError): Evidence {
  const expected = `an end within ${maxRequests} requests, so as not to burden the system: look at fewer rows or allow more requests`;
  return { request: null, expected, got: 'no end' };
}

const SAMPLE_CHECK = {
  id: 'rows.readable',
  title: {
    vi: 'Đọc được các dòng qua các trang, mỗi dòng đúng dạng của hợp đồng.',
    en: 'The rows can be read through pages, each of the form of the contract.',
  },
};

const EMPTY_SAMPLE: Sample<SampledRow> = {
  filter: {},
  total: 0,
  description: 'no rows',
  isEverything: true,
  months: null,
  agencies: null,
  edges: [],
  rows: [],
};
