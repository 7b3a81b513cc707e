import { z } from 'zod';

import type { AgencyCode } from './agency-code';
import { ConfigError } from './runtime/config-error';
import { describeZodMistakes } from './runtime/zod-mistakes';

/** What routing must know of an agency; names and the rest belong to the agencies subgraph. */
export interface AgencyRecord {
  /** The canonical code. */
  readonly code: string;
  /** Every code it has or had. */
  readonly codes: readonly AgencyCode[];
  /** Code of the agency above it; null at the top. */
  readonly parent: string | null;
  /** First and last day, `YYYY-MM-DD`; null where it is not known or has not come. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Who took over functions of it, and from which day. One agency may have five successors and still live. */
  readonly successors: readonly { readonly code: string; readonly effectiveDate: string }[];
}

const day = z.iso.date();
const optionalDay = day.nullish().transform((value) => value ?? null);

const agencyCode = z.object({
  scheme: z.enum(['QCVN_102_2016', 'QD_20_2020', 'QD_19_2025']),
  // A dossier code ends its prefix at the first "-".
  text: z.string().regex(/^[^\s-]+$/, 'Invalid code: expected text without spaces and "-"'),
  validFrom: optionalDay,
  validTo: optionalDay,
  fictitious: z.boolean().default(false),
});

const agencyRecords = z.array(
  z.object({
    code: z.string().min(1),
    codes: z.array(agencyCode).default([]),
    parent: z
      .string()
      .nullish()
      .transform((value) => value ?? null),
    validFrom: optionalDay,
    validTo: optionalDay,
    successors: z.array(z.object({ code: z.string().min(1), effectiveDate: day })).default([]),
  }),
);

/** Reads the list of agencies from a file or an answer. Throws ConfigError with every mistake; other fields are left out. */
export function parseAgencyDirectory(input: unknown): AgencyRecord[] {
  const result = agencyRecords.safeParse(input, { reportInput: true });
  if (!result.success)
    throw new ConfigError('The list of agencies', describeZodMistakes(result.error, agencyRecords));
  const mistakes = danglingCodes(result.data);
  if (mistakes.length > 0) throw new ConfigError('The list of agencies', mistakes);
  return result.data;
}

/** Parents and successors must be in the list: a tree with a hole would route to nobody and say nothing. */
function danglingCodes(records: readonly AgencyRecord[]): readonly string[] {
  const known = new Set(records.flatMap(({ code, codes }) => [code, ...codes.map(({ text }) => text)]));
  return records.flatMap(({ code, parent, successors }) => [
    ...(parent === null || known.has(parent)
      ? []
      : [`"${code}" has the parent "${parent}", which is not in the list`]),
    ...successors
      .filter((successor) => !known.has(successor.code))
      .map((successor) => `"${code}" has the successor "${successor.code}", which is not in the list`),
  ]);
}
