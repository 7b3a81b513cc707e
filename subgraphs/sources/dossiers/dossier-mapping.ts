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

/**
 * A table or column as the system names it: `Business.HoSos`, `MASOHOSO`, a path into a JSON record (`applicant.name`), the header of
 * a sheet's column (`Mã hồ sơ`). Always quoted, never pasted.
 */
export const nameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\u0000-\u001f"`]+$/, 'must be the plain name of a table or column, without quotes');
const identifier = nameSchema;

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

/**
 * The procedure of a dossier: its code, or with `byName` the text of its name, matched to the catalogue of this system (or, without
 * one, to that of the province). A name whose best match scores below `minScore` (0 to 1), or that fits two procedures equally, is
 * listed as doubtful and matches none: nothing is guessed.
 */
const procedureSchema = z
  .strictObject({
    column: identifier,
    through: z.array(lookupSchema).readonly().default([]),
    byName: z
      .strictObject({
        minScore: z.number().min(0.5).max(1).default(0.9),
        /** Names that no score decides, by hand: text of the system → procedure code; null says that it is none. */
        decided: z.record(z.string(), z.string().min(1).nullable()).default({}),
      })
      .readonly()
      .nullable()
      .default(null),
  })
  .readonly();

export type ProcedureMapping = z.infer<typeof procedureSchema>;

export type TextMapping = z.infer<typeof textSchema>;

/**
 * Whether a text of the system must be letter by letter one that the mapping names, or may differ in case, accents, Unicode form (NFC,
 * NFD), the place of a tone (Hoà, Hòa) and spaces: "SO TU PHAP" for "Sở Tư pháp".
 */
const match = z.enum(['exact', 'folded']).default('exact');

/**
 * An agency: a column whose text (a key, a name, a code in any notation) stands for one of our canonical
 * codes, or one agency for the whole system. A row whose receiving agency is not listed is not served.
 */
export const agencySchema = z.union([
  z.strictObject({
    column: identifier,
    type: columnType,
    match,
    values: z.record(z.string(), z.string().min(1)),
  }),
  z.strictObject({ constant: z.string().min(1) }),
]);

export type AgencyMapping = z.infer<typeof agencySchema>;

/**
 * The national status number (0 to 10) by the values of one or more columns. The first line that fits wins;
 * `null` asks for an empty column, and columns beyond the end of `when` do not matter.
 */
export const statusSchema = z
  .strictObject({
    columns: z.array(identifier).min(1).readonly(),
    match,
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
    match,
    values: z.record(z.string(), z.enum(['DIRECT', 'ONLINE', 'POSTAL'])),
  }),
  z.strictObject({ constant: z.enum(['DIRECT', 'ONLINE', 'POSTAL']) }),
]);

export type ChannelMapping = z.infer<typeof channelSchema>;

/** Formats whose order in the column is the order of time, so that a database can compare, sort and index them as they are. */
export const SORTABLE_DATE_FORMATS = [
  'local-text',
  'local-compact',
  'epoch-ms',
  'epoch-s',
  'timestamp',
  'timestamptz',
  'date',
] as const;

/** How a date stands in a column; see {@link DateMapping}. */
export const DATE_FORMATS = [...SORTABLE_DATE_FORMATS, 'iso', 'vietnamese'] as const;

export type DateFormat = (typeof DATE_FORMATS)[number];

export function isSortable({ format }: DateMapping): boolean {
  const sortable: readonly DateFormat[] = SORTABLE_DATE_FORMATS;
  return sortable.includes(format);
}

/**
 * An instant. By the clock of Asia/Ho_Chi_Minh: `local-text` is 'YYYY-MM-DD HH:MM:SS', `local-compact` 'yyyyMMddHHmmss', `timestamp` a
 * column of the database's own type without a zone (timestamp, datetime, datetime2), `date` such a column of days, `vietnamese` 'dd/MM/yyyy'
 * with or without ' HH:mm' or ' HH:mm:ss'. By a zone of their own: `timestamptz`, `epoch-ms` and `epoch-s` (numbers), `iso` (text with Z or an offset). A value
 * outside `earliest` to `latest` is no date: that covers 1753-01-01, 0001-01-01, 9999-12-31, 0 and the empty text alike, and stays one
 * range that an index can serve. `nullAs` is what the system itself writes when it has no date.
 */
export const dateSchema = z
  .strictObject({
    column: identifier,
    format: z.enum(DATE_FORMATS),
    earliest: day.default('1900-01-01'),
    latest: day.default('2199-12-31'),
    nullAs: z.union([z.string(), z.number(), z.null()]).default(null),
  })
  .readonly();

export type DateMapping = z.infer<typeof dateSchema>;

export const conditionSchema = z
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

const noDate = dateSchema.nullable().default(null);

/** All of a mapping but where the rows are. */
export const dossierFields = {
  code: identifier,
  /** Other codes by which the same dossier is known here; an empty text is none. */
  aliases: z.array(identifier).readonly().default([]),
  procedure: procedureSchema.nullable().default(null),
  field: textSchema.nullable().default(null),
  receivingAgency: agencySchema,
  handlingAgency: agencySchema.nullable().default(null),
  status: statusSchema,
  channel: channelSchema.nullable().default(null),
  dates: z
    .strictObject({
      submitted: noDate,
      received: dateSchema,
      due: noDate,
      finished: noDate,
      returned: noDate,
      refused: noDate,
    })
    .readonly(),
  deleted: conditionSchema.nullable().default(null),
  synthetic: z
    .union([conditionSchema, z.strictObject({ constant: z.boolean() })])
    .default({ constant: false }),
  /** When a row was last changed: what an incremental copy reads by. Without it every pass reads everything. */
  updatedAt: noDate,
};

export const dossierMappingSchema = z
  .strictObject({
    table: identifier,
    ...dossierFields,
    supplements: supplementsSchema.nullable().default(null),
    steps: stepsSchema.nullable().default(null),
  })
  .readonly();
