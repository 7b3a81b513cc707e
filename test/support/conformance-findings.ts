import type { ConformanceReport } from '../../subgraphs/onboarding/conform/conformance-report';

export function failuresOf({ checks }: ConformanceReport): readonly unknown[] {
  return checks.filter(({ status }) => status === 'fail').map(({ id, evidence }) => ({ id, evidence }));
}

export function skippedOf({ checks }: ConformanceReport): readonly string[] {
  return checks.filter(({ status }) => status === 'skipped').map(({ id }) => id);
}
