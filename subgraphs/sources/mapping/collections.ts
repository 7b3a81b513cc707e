import { z } from 'zod';
import { DATE_FORMATS, nameSchema } from '../dossiers/dossier-mapping';

const queryValue = z.union([z.string(), z.number(), z.boolean()]);
const size = z.int().min(1).max(10_000);

/** How a service hands out a long list. A page that repeats the one before, or comes round again, ends the pass with an error. */
const pagingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page'),
    param: z.string().min(1),
    first: z.int().min(0).default(1),
    sizeParam: z.string().min(1).optional(),
    size: size.default(200),
  }),
  z.strictObject({
    kind: z.literal('offset'),
    param: z.string().min(1),
    sizeParam: z.string().min(1),
    size: size.default(200),
    /** OpenCPS counts with start and end instead of a size. */
    endParam: z.string().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('cursor'), param: z.string().min(1), nextPath: z.string().min(1) }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type PagingMapping = z.output<typeof pagingSchema>;

/** Asks only for what changed: the high-water mark is the greatest value of `updatedAt` seen, less `overlapSeconds` for clocks that differ. */
const sinceSchema = z.strictObject({
  param: z.string().min(1),
  format: z.enum(DATE_FORMATS).default('iso'),
  overlapSeconds: z.int().min(0).default(120),
});
export type SinceMapping = z.output<typeof sinceSchema>;

/** A list of a JSON service. */
export const restCollectionSchema = z.strictObject({
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'POST']).default('GET'),
  /** Sent with every page: in the address, or in the body of a POST. */
  params: z.record(z.string(), queryValue).default({}),
  /** Where the list stands in an answer; empty: the answer is the list. */
  itemsPath: z.string().default(''),
  /** Where the total stands, if it is told: a pass that reads fewer distinct rows is not complete. */
  totalPath: z.string().optional(),
  paging: pagingSchema.prefault({ kind: 'none' }),
  since: sinceSchema.optional(),
});
export type RestCollection = z.output<typeof restCollectionSchema>;

/** A list that an operation of an XML service gives. */
export const soapCollectionSchema = z.strictObject({
  operation: z.string().min(1),
  params: z.record(z.string(), queryValue).default({}),
  itemsPath: z.string().default(''),
  totalPath: z.string().optional(),
  paging: pagingSchema.prefault({ kind: 'none' }),
  since: sinceSchema.optional(),
});
export type SoapCollection = z.output<typeof soapCollectionSchema>;

/** Tables in the files of a folder. */
export const sheetCollectionSchema = z.strictObject({
  /** File names, with * and ?: `TTHC*.xlsx`, `hoso-*.csv`. */
  files: z.string().min(1),
  /** Sheet names, with * and ?; the first sheet when absent. Means nothing for CSV. */
  sheets: z.string().min(1).optional(),
  /** The row of the (last line of the) headers, from 1; absent: the first row that has all the columns asked for. */
  headerRow: z.int().min(1).optional(),
  /** Lines of a header that spans several: a column is then named "Upper > Lower". */
  headerRows: z.int().min(1).max(4).default(1),
  /** Rows such as "I. Lĩnh vực đất đai" between the data: their text becomes this column of the rows below. */
  groupColumn: nameSchema.optional(),
  /** Cells merged over several rows give their value to each of them. */
  fillMerged: z.boolean().default(true),
  /** A CSV's letters; absent: by its byte order mark, UTF-8 when it is valid, else Windows-1258. */
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1258']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
});
export type SheetCollection = z.output<typeof sheetCollectionSchema>;
