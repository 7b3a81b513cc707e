import { z } from 'zod';
import { CHANNELS, ONLINE_LEVELS, PROCEDURE_LEVELS, TIME_UNITS } from './procedure-record';

const column = z.string().min(1);
const separator = z.string().min(1);
const word = z.string();

/** One word per value of ours, all different: so that reading is the inverse of writing. */
function words<const Keys extends readonly string[]>(keys: Keys) {
  return z
    .record(z.enum(keys), word)
    .refine(
      (record) => new Set(Object.values(record)).size === keys.length,
      'two values are written with the same word',
    );
}

const time = z.discriminatedUnion('kind', [
  /** Value and unit in two columns. */
  z.object({ kind: z.literal('pair'), value: column, unit: column }),
  /** "5 Ngày làm việc" in one column. */
  z.object({ kind: z.literal('phrase'), column }),
]);

const money = z.discriminatedUnion('kind', [
  /** Whole đồng in numeric columns. */
  z.object({ kind: z.literal('number'), min: column, max: column }),
  /** Text with thousands points ("50.000") and the unit in a column of its own. */
  z.object({ kind: z.literal('text'), min: column, max: column, unit: column, unitWord: word }),
]);

const days = z.discriminatedUnion('kind', [
  /** 'YYYY-MM-DD' text; an open end is null, or a sentinel such as 1753-01-01. */
  z.object({ kind: z.literal('text'), absent: z.string().nullable() }),
  /** 'DD/MM/YYYY' text. */
  z.object({ kind: z.literal('vietnamese'), absent: z.string().nullable() }),
  /** Milliseconds since 1970 at local midnight (+07:00). */
  z.object({ kind: z.literal('epoch-ms'), absent: z.number().nullable() }),
]);

/**
 * How the procedure catalogue of one agency's system maps to a ProcedureRecord. The system's own tables stay as the agency
 * has them: a usual system is joined by such a piece of data, not by code.
 */
export const catalogueMappingSchema = z.object({
  table: column,
  columns: z.object({
    code: column,
    hasLocalCode: column,
    name: column,
    field: column,
    levels: column,
    agencyKind: column,
    performingAgency: column,
    channels: column,
    workingDays: column,
    isOnlineAvailable: column,
    onlineLevel: column,
    legalBasis: column,
    decision: column,
    result: column,
    applicants: column,
    era: column,
    source: column,
    certainty: column,
    note: column,
  }),
  time,
  /** The time of each channel, in the notation of `time` when that is a phrase, else "value unit". */
  channelTimes: z.record(z.enum(CHANNELS), column),
  money,
  /** What the system writes where it knows nothing. */
  absentText: z.string().nullable(),
  separators: z.object({
    levels: separator,
    /** Instead of `levels`, when the source does not say which one it is. */
    eitherLevel: separator,
    channels: separator,
    legalBasis: separator,
    agencies: separator,
  }),
  words: z.object({
    levels: words(PROCEDURE_LEVELS),
    channels: words(CHANNELS),
    timeUnits: words(TIME_UNITS),
    onlineLevels: words(ONLINE_LEVELS),
    booleans: words(['true', 'false']),
  }),
  /** Rows with another value here were deleted by flag. */
  deleted: z.object({ column, keptValue: z.union([z.string(), z.number()]) }).optional(),
  competences: z.object({
    table: column,
    columns: z.object({
      procedure: column,
      agency: column,
      validFrom: column,
      validTo: column,
      implementingAgencies: column,
    }),
    days,
  }),
});

export type CatalogueMapping = z.infer<typeof catalogueMappingSchema>;

/** Throws a ZodError that lists every mistake by path. */
export function parseCatalogueMapping(input: unknown): CatalogueMapping {
  return catalogueMappingSchema.parse(input);
}
