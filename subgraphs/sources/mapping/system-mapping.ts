import { z } from 'zod';
import {
  conditionSchema,
  dateSchema,
  dossierFields,
  dossierMappingSchema,
  nameSchema,
  statusSchema,
} from '../dossiers/dossier-mapping';
import { restCollectionSchema, sheetCollectionSchema, soapCollectionSchema } from './collections';
import {
  copySchema,
  figuresSchema,
  restConnectionSchema,
  sheetConnectionSchema,
  soapConnectionSchema,
  sqlConnectionSchema,
} from './connections';
import { procedureFields } from './procedures-mapping';

const noDate = dateSchema.nullable().default(null);

/** Columns made from others by an expression of the Common Expression Language over `row`: `row.LOAI + "/" + row.MUC`. */
const computed = z.record(nameSchema, z.string().min(1).max(2_000)).default({});

/** Lists inside a record: `items` is the path to them, names are those inside an item. */
const nestedSupplements = z.strictObject({
  items: nameSchema,
  requestedAt: dateSchema,
  completedAt: noDate,
  dueBefore: noDate,
  dueAfter: noDate,
  deleted: conditionSchema.nullable().default(null),
});
const nestedSteps = z.strictObject({
  items: nameSchema,
  at: dateSchema,
  status: statusSchema.nullable().default(null),
  unit: nameSchema.nullable().default(null),
  dueAt: noDate,
});

/** Dossiers that are copied: each value is read from a record in this process. */
const copiedDossiers = {
  computed,
  ...dossierFields,
  supplements: nestedSupplements.nullable().default(null),
  steps: nestedSteps.nullable().default(null),
};
const copiedProcedures = { computed, ...procedureFields };

const common = {
  version: z.literal(1),
  /** The short name of the system, as in systems.yaml. */
  system: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be a short name in lower case, such as so-y-te'),
  name: z.string().min(1),
  /** Codes, in either notation, of the agencies whose rows this system holds. */
  agencies: z.array(z.string().min(1)).min(1),
  copy: copySchema.prefault({}),
};

/**
 * `live` asks the database for every question; `copy` reads its dossiers into the local store as those of a service. Catalogues are always
 * copied.
 */
const sqlSystem = z.strictObject({
  ...common,
  kind: z.literal('sql'),
  connection: sqlConnectionSchema,
  mode: z.enum(['live', 'copy']).default('live'),
  figures: figuresSchema.prefault({}),
  dossiers: dossierMappingSchema.optional(),
  procedures: z.strictObject({ table: nameSchema, ...copiedProcedures }).optional(),
});

const restSystem = z.strictObject({
  ...common,
  kind: z.literal('rest'),
  connection: restConnectionSchema,
  dossiers: z.strictObject({ from: restCollectionSchema, ...copiedDossiers }).optional(),
  procedures: z.strictObject({ from: restCollectionSchema, ...copiedProcedures }).optional(),
});

const soapSystem = z.strictObject({
  ...common,
  kind: z.literal('soap'),
  connection: soapConnectionSchema,
  dossiers: z.strictObject({ from: soapCollectionSchema, ...copiedDossiers }).optional(),
  procedures: z.strictObject({ from: soapCollectionSchema, ...copiedProcedures }).optional(),
});

const sheetSystem = z.strictObject({
  ...common,
  kind: z.literal('sheet'),
  connection: sheetConnectionSchema,
  dossiers: z.strictObject({ from: sheetCollectionSchema, ...copiedDossiers }).optional(),
  procedures: z.strictObject({ from: sheetCollectionSchema, ...copiedProcedures }).optional(),
});

/** By `kind`; each one's mistakes are told against its own schema. */
export const SYSTEM_MAPPING_SCHEMAS = {
  sql: sqlSystem,
  rest: restSystem,
  soap: soapSystem,
  sheet: sheetSystem,
} as const;

export type SourceKind = keyof typeof SYSTEM_MAPPING_SCHEMAS;
export const SOURCE_KINDS = Object.keys(SYSTEM_MAPPING_SCHEMAS) as readonly SourceKind[];

/** One agency system as its YAML file describes it: where it is, whose rows it holds, and what its tables, columns and words mean. */
export type SystemMapping = SqlSystem | RestSystem | SoapSystem | SheetSystem;
export type SqlSystem = z.output<typeof sqlSystem>;
export type RestSystem = z.output<typeof restSystem>;
export type SoapSystem = z.output<typeof soapSystem>;
export type SheetSystem = z.output<typeof sheetSystem>;

/** Dossiers read record by record, whatever the kind of source. */
export type CopiedDossiersMapping = Omit<NonNullable<RestSystem['dossiers']>, 'from'>;
/** A catalogue read record by record, whatever the kind of source. */
export type ProceduresMapping = Omit<NonNullable<RestSystem['procedures']>, 'from'>;
