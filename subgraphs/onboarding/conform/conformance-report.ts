import type { Evidence, Sentence } from './conformance-check';
import type { SubgraphName } from './contract';

export type CheckStatus = 'pass' | 'fail' | 'skipped';

export interface CheckResult {
  readonly id: string;
  readonly title: Sentence;
  readonly status: CheckStatus;
  /** Why it was skipped. */
  readonly why?: string;
  readonly evidence?: Evidence;
  /** What is no mistake and still worth knowing. */
  readonly notes: readonly string[];
  readonly tookMs: number;
}

export interface ConformanceReport {
  readonly url: string;
  readonly subgraph: SubgraphName;
  /** Everything was judged at this instant. */
  readonly now: string;
  readonly agencies: readonly string[];
  /** Which rows were looked at, in words; null when none could be read. */
  readonly sample: string | null;
  readonly requests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly checks: readonly CheckResult[];
}
