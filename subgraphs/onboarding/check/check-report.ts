import { z } from 'zod';
import { FINDING_CODES, SEVERITIES } from './finding-codes';

/** Grows when a field changes its meaning or goes; a new field does not count. */
export const CHECK_REPORT_VERSION = 1;

const count = z.int().min(0);
const day = z.iso.date().nullable();

/** A raw value of the system with the number of its rows: a status word, an agency's name, a procedure's code. */
const countedValue = z.strictObject({
  /** Several columns are joined by " | "; "(empty)" where nothing is there. Cut to 80 characters, never personal. */
  value: z.string(),
  count,
  /** What is probably meant: a status, a code, a line for the mapping. Never applied by itself. */
  suggestion: z.string().nullable(),
});

const finding = z.strictObject({
  code: z.enum(FINDING_CODES),
  severity: z.enum(SEVERITIES),
  /** Table, column, path in the mapping, file or page. */
  place: z.string().nullable(),
  /** Rows concerned; null where rows are not what it is about. */
  count: count.nullable(),
  /** One sentence each. */
  message: z.strictObject({ vi: z.string(), en: z.string() }),
  remedy: z.strictObject({ vi: z.string(), en: z.string() }),
  /** Dossier codes, five at most. */
  examples: z.array(z.string()),
  /** The most frequent first, 50 at most. */
  values: z.array(countedValue),
  /** How many more values there are than those. */
  moreValues: count,
  /** Single rows of a copy, 50 at most: where it stands and what is there. */
  rows: z.array(
    z.strictObject({ place: z.string(), column: z.string().nullable(), value: z.string().nullable() }),
  ),
  /** A statement that would help. */
  sql: z.string().nullable(),
});

const agencyFigures = z.strictObject({
  agency: z.string(),
  rows: count,
  firstReceived: day,
  lastReceived: day,
});

const queryFigures = z.strictObject({
  name: z.string(),
  tookMs: z.number().nullable(),
  plan: z.enum(['index', 'scan', 'unknown']),
  detail: z.string(),
});

/** What `onboard check --json` prints. */
export const checkReportSchema = z.strictObject({
  version: z.literal(CHECK_REPORT_VERSION),
  system: z.strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['sql', 'rest', 'soap', 'sheet']),
    mode: z.enum(['live', 'copy']),
    /** Where it is, without secrets. */
    source: z.string(),
    mapping: z.string(),
  }),
  checkedAt: z.iso.datetime(),
  tookMs: count,
  /** The clock of the province: what is "in the future" is measured by it. */
  now: z.iso.datetime(),
  /** `partial`: connected, and something could not be read. */
  connection: z.enum(['ok', 'partial', 'unreachable']),
  summary: z.strictObject({ errors: count, warnings: count, notes: count }),
  dossiers: z
    .strictObject({
      rows: count,
      /** Of an agency that the mapping knows, not deleted by flag. */
      served: count,
      deleted: count,
      firstReceived: day,
      lastReceived: day,
      agencies: z.array(agencyFigures),
    })
    .nullable(),
  procedures: z
    .strictObject({ rows: count, agencies: z.array(z.strictObject({ agency: z.string(), rows: count })) })
    .nullable(),
  /** null: the system is not asked live. */
  queries: z.array(queryFigures).nullable(),
  copy: z.strictObject({ asOf: z.iso.datetime().nullable(), rows: count, problems: count }).nullable(),
  /** Errors first, then by number of rows. */
  findings: z.array(finding),
  /** Parts that were left out, and why. */
  notChecked: z.array(z.strictObject({ part: z.string(), reason: z.string() })),
});

export type CheckReport = z.output<typeof checkReportSchema>;
export type Finding = CheckReport['findings'][number];
export type CountedValue = Finding['values'][number];
export type QueryFigures = NonNullable<CheckReport['queries']>[number];

/** 0: nothing stands in the way; 1: something does; 3: nobody answered. */
export function exitCodeOf(
  { connection, summary }: Pick<CheckReport, 'connection' | 'summary'>,
  isStrict: boolean,
): 0 | 1 | 3 {
  if (connection === 'unreachable') return 3;
  return summary.errors > 0 || (isStrict && summary.warnings > 0) ? 1 : 0;
}
