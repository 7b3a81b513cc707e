import { z } from 'zod';

/**
 * How one agency system keeps its dossiers: which table and column holds what, and what its words mean.
 * Plain data, so a system of the usual kind is brought in without code. Columns that are not named here
 * (names, identity numbers, free text) are never read.
 */
export type DossierMapping = z.infer<typeof dossierMappingSchema>;

/** Reads a mapping from plain data. Throws a ZodError that names every mistake by its path. */
export function parseDossierMapping(input: unknown): DossierMapping {
  return dossierMappingSchema.parse(input);
}

/** An identifier as SQL Server, MySQL and Oracle write it; quoting a stranger one would only hide a typing error. */
const identifier = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the plain name of a table or column');

const columnType = z.enum(['text', 'number']).default('text');

const status = z.int().min(0).max(10);

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 1900-01-01');

/** Follows a value into another table of the same system; a value that leads to several rows with different answers leads nowhere. */
const lookupSchema = z.strictObject({ table: identifier, match: identifier, value: identifier }).readonly();

export type LookupMapping = z.infer<typeof lookupSchema>;

/** A text as the system keeps it, or as its own catalogue spells it out. */
const textSchema = z
  .strictObject({ column: identifier, through: z.array(lookupSchema).readonly().default([]) })
  .readonly();

export type TextMapping = z.infer<typeof textSchema>;

/**
 * An agency: a column whose text (a key, a name, a code in any notation) stands for one of our canonical
 * codes, or one agency for the whole system. A row whose receiving agency is not listed is not served.
 */
const agencySchema = z.union([
  z.strictObject({ column: identifier, type: columnType, values: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ constant: z.string().min(1) }),
]);

export type AgencyMapping = z.infer<typeof agencySchema>;

/**
 * The national status number (0 to 10) by the values of one or more columns. The first line that fits wins;
 * `null` asks for an empty column, and columns beyond the end of `when` do not matter.
 */
const statusSchema = z
  .strictObject({
    columns: z.array(identifier).min(1).readonly(),
    values: z
      .array(
        z
          .strictObject({
            when: z
              .array(z.union([z.string(), z.number(), z.null()]))
              .min(1)
              .readonly(),
            status,
          })
          .readonly(),
      )
      .readonly(),
  })
  .refine(({ columns, values }) => values.every(({ when }) => when.length <= columns.length), {
    message: 'a line of values has more items than there are columns',
  });

export type StatusMapping = z.infer<typeof statusSchema>;

const channelSchema = z.union([
  z.strictObject({
    column: identifier,
    type: columnType,
    values: z.record(z.string(), z.enum(['DIRECT', 'ONLINE', 'POSTAL'])),
  }),
  z.strictObject({ constant: z.enum(['DIRECT', 'ONLINE', 'POSTAL']) }),
]);

export type ChannelMapping = z.infer<typeof channelSchema>;

/**
 * An instant. `local-text` is 'YYYY-MM-DD HH:MM:SS' and `local-compact` 'yyyyMMddHHmmss', both the clock of
 * Asia/Ho_Chi_Minh; `epoch-ms` a number. A value outside `earliest` to `latest` is no date: that covers
 * 1753-01-01, 0001-01-01, 9999-12-31, 0 and the empty text alike, and stays one range that an index can
 * serve. `nullAs` is what the system itself writes when it has no date.
 */
const dateSchema = z
  .strictObject({
    column: identifier,
    format: z.enum(['local-text', 'local-compact', 'epoch-ms']),
    earliest: day.default('1900-01-01'),
    latest: day.default('2199-12-31'),
    nullAs: z.union([z.string(), z.number(), z.null()]).default(null),
  })
  .readonly();

export type DateMapping = z.infer<typeof dateSchema>;

const conditionSchema = z
  .strictObject({
    column: identifier,
    type: columnType,
    values: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .readonly(),
  })
  .readonly();

export type ConditionMapping = z.infer<typeof conditionSchema>;

const supplementsSchema = z
  .strictObject({
    table: identifier,
    /** The column here that points at a dossier, and the column of the dossier table it points at. */
    dossier: identifier,
    refersTo: identifier,
    requestedAt: dateSchema,
    completedAt: dateSchema.nullable(),
    dueBefore: dateSchema.nullable(),
    dueAfter: dateSchema.nullable(),
    deleted: conditionSchema.nullable().default(null),
  })
  .readonly();

export type SupplementsMapping = z.infer<typeof supplementsSchema>;

const stepsSchema = z
  .strictObject({
    table: identifier,
    dossier: identifier,
    refersTo: identifier,
    at: dateSchema,
    status: statusSchema.nullable(),
    unit: identifier.nullable(),
    dueAt: dateSchema.nullable(),
  })
  .readonly();

export type StepsMapping = z.infer<typeof stepsSchema>;

const dossierMappingSchema = z
  .strictObject({
    table: identifier,
    code: identifier,
    /** Other codes by which the same dossier is known here; an empty text is none. */
    aliases: z.array(identifier).readonly(),
    procedure: textSchema.nullable(),
    field: textSchema.nullable(),
    receivingAgency: agencySchema,
    handlingAgency: agencySchema.nullable(),
    status: statusSchema,
    channel: channelSchema.nullable(),
    dates: z
      .strictObject({
        submitted: dateSchema.nullable(),
        received: dateSchema,
        due: dateSchema.nullable(),
        finished: dateSchema.nullable(),
        returned: dateSchema.nullable(),
        refused: dateSchema.nullable(),
      })
      .readonly(),
    deleted: conditionSchema.nullable(),
    synthetic: z.union([conditionSchema, z.strictObject({ constant: z.boolean() })]),
    supplements: supplementsSchema.nullable(),
    steps: stepsSchema.nullable(),
  })
  .readonly();
