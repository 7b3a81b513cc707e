import { z } from 'zod';
import { CHANNELS, ONLINE_LEVELS, PROCEDURE_LEVELS, TIME_UNITS } from '../catalogue/procedure-record';
import { agencySchema, conditionSchema, dateSchema, nameSchema } from '../dossiers/dossier-mapping';

const column = nameSchema;
const separator = z.string().min(1);

/** The words of the system by value of ours, several where it writes one thing in several ways. Compared folded: case and accents do not matter. */
function words<const Keys extends readonly string[]>(keys: Keys) {
  const texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)]);
  return z.partialRecord(z.enum(keys), texts).default({});
}

const time = z.discriminatedUnion('kind', [
  /** Value and unit in two columns. */
  z.strictObject({ kind: z.literal('pair'), value: column, unit: column }),
  /** "5 Ngày làm việc" in one column. */
  z.strictObject({ kind: z.literal('phrase'), column }),
  /** A number whose unit is always the same. */
  z.strictObject({ kind: z.literal('number'), column, unit: z.enum(TIME_UNITS) }),
]);

const money = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), min: column, max: column.optional() }),
  /** Text with thousands points ("50.000"), its unit in a column of its own: a row with another unit has no fee we could tell. */
  z.strictObject({
    kind: z.literal('text'),
    min: column,
    max: column.optional(),
    unit: column.optional(),
    units: z.array(z.string()).min(1).default(['đồng', 'VND', 'VNĐ', 'đ']),
  }),
]);

/** The catalogue of procedures of a system; only code and name must be there. */
export const procedureFields = {
  columns: z.strictObject({
    code: column,
    name: column,
    hasLocalCode: column.optional(),
    field: column.optional(),
    levels: column.optional(),
    agencyKind: column.optional(),
    performingAgency: column.optional(),
    channels: column.optional(),
    workingDays: column.optional(),
    isOnlineAvailable: column.optional(),
    onlineLevel: column.optional(),
    legalBasis: column.optional(),
    decision: column.optional(),
    result: column.optional(),
    applicants: column.optional(),
    era: column.optional(),
    source: column.optional(),
    certainty: column.optional(),
    note: column.optional(),
  }),
  time: time.optional(),
  /** The time of each channel, as a phrase. */
  channelTimes: z.partialRecord(z.enum(CHANNELS), column).default({}),
  money: money.optional(),
  /** Texts that mean that nothing is known, beside the empty one. */
  absentTexts: z.array(z.string()).default([]),
  separators: z
    .strictObject({
      levels: separator.default(';'),
      /** Instead of `levels`, when the source does not say which one it is. */
      eitherLevel: separator.default('/'),
      channels: separator.default(';'),
      legalBasis: separator.default(';'),
      agencies: separator.default(';'),
    })
    .prefault({}),
  words: z
    .strictObject({
      levels: words(PROCEDURE_LEVELS),
      channels: words(CHANNELS),
      timeUnits: words(TIME_UNITS),
      onlineLevels: words(ONLINE_LEVELS),
      booleans: words(['true', 'false']),
    })
    .prefault({}),
  /** Rows that meet this were deleted by flag. */
  deleted: conditionSchema.nullable().default(null),
  /** Who publishes a row; absent: the one agency of the system. */
  publishedBy: agencySchema.optional(),
  validFrom: dateSchema.nullable().default(null),
  validTo: dateSchema.nullable().default(null),
  updatedAt: dateSchema.nullable().default(null),
};
