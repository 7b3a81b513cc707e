import { z } from 'zod';
import { secretSchema } from './secret';

/** `30s`, `5m`, `12h`, `1d`; in milliseconds once read. */
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
export const durationSchema = z
  .string()
  .regex(/^\d+[smhd]$/, 'must be a duration such as 30s, 5m, 12h or 1d')
  .transform((text) => Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS]);

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });
const timeoutMs = z.int().min(100).max(600_000);

/** How often a copy is brought up to date, and how often everything is read again to see what was deleted. */
export const copySchema = z
  .strictObject({
    every: durationSchema.prefault('5m'),
    fullEvery: durationSchema.prefault('1d'),
  })
  .readonly();

/** Figures of live dossiers from a projection in memory, as old as `every` at most. */
export const figuresSchema = z
  .strictObject({
    keep: z.boolean().default(false),
    every: durationSchema.prefault('1m'),
    fullEvery: durationSchema.prefault('1d'),
  })
  .readonly();

/** A database of the agency. Sessions are read-only, whatever the user may do. */
const serverConnection = z.strictObject({
  dialect: z.enum(['postgres', 'mariadb', 'mysql', 'mssql']),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).optional(),
  database: z.string().min(1),
  user: z.string().min(1),
  password: secretSchema.optional(),
  /** `verify` checks the certificate, against `ca` (a file of PEM) when given; `off` only inside one machine or a closed net. */
  tls: z.enum(['off', 'require', 'verify']).default('off'),
  ca: z.string().min(1).optional(),
  /** Connections at most, whatever the number of agencies. */
  pool: z.int().min(1).max(100).default(8),
  connectTimeoutMs: timeoutMs.default(5_000),
  statementTimeoutMs: timeoutMs.default(2_000),
});

const fileConnection = z.strictObject({
  dialect: z.literal('sqlite'),
  /** Relative to the mapping's own folder. */
  file: z.string().min(1),
});

export const sqlConnectionSchema = z.discriminatedUnion('dialect', [serverConnection, fileConnection]);
export type SqlConnection = z.output<typeof sqlConnectionSchema>;

/** How a JSON or XML service is told who asks. */
const authSchema = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('basic'), user: z.string().min(1), password: secretSchema }),
  z.strictObject({ scheme: z.literal('bearer'), token: secretSchema }),
  z.strictObject({ scheme: z.literal('header'), name: z.string().min(1), value: secretSchema }),
  /** Log in, then send the token; log in again shortly before it ends, or when it is refused. */
  z.strictObject({
    scheme: z.literal('login'),
    path: z.string().min(1),
    method: z.enum(['POST', 'GET']).default('POST'),
    /** Fields of the login's body; values that are secrets by reference. */
    body: z.record(z.string(), z.union([z.string(), secretSchema])),
    as: z.enum(['json', 'form']).default('json'),
    tokenPath: z.string().min(1),
    /** Seconds that the token lives; absent: until it is refused. */
    expiresInPath: z.string().min(1).optional(),
    /** `Bearer {token}` in Authorization unless told otherwise. */
    header: z.string().min(1).default('authorization'),
    format: z.string().includes('{token}').default('Bearer {token}'),
  }),
]);

/** Where an envelope says that HTTP 200 is an error (layout C: response_code). */
const envelopeSchema = z.strictObject({
  codePath: z.string().min(1),
  ok: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
  messagePath: z.string().min(1).optional(),
  /** Codes that say that the token is no longer good. */
  unauthorized: z.array(z.union([z.string(), z.number()])).default([]),
});

export const restConnectionSchema = z
  .strictObject({
    baseUrl: httpUrl,
    auth: authSchema.optional(),
    headers: z.record(z.string(), z.string()).default({}),
    envelope: envelopeSchema.optional(),
    timeoutMs: timeoutMs.default(10_000),
    maxAnswerBytes: z
      .int()
      .min(1_000)
      .default(32 * 1024 * 1024),
  })
  .readonly();
export type RestConnection = z.output<typeof restConnectionSchema>;

export const soapConnectionSchema = z
  .strictObject({
    /** An address, or a file relative to the mapping's folder. */
    wsdl: z.string().min(1),
    /** Instead of the address that the WSDL names. */
    endpoint: httpUrl.optional(),
    service: z.string().optional(),
    port: z.string().optional(),
    auth: authSchema.optional(),
    /** Where an answer carries its numeric error code, and which of them are good. */
    envelope: envelopeSchema.optional(),
    timeoutMs: timeoutMs.default(10_000),
    maxAnswerBytes: z
      .int()
      .min(1_000)
      .default(32 * 1024 * 1024),
  })
  .readonly();

export const sheetConnectionSchema = z
  .strictObject({
    /** Relative to the mapping's own folder. */
    folder: z.string().min(1),
    /** A file is taken when its size and time have not changed for so long. */
    settle: durationSchema.prefault('5s'),
    /** Of a workbook, which is held in memory whole; a CSV streams. */
    maxFileBytes: z
      .int()
      .min(1_000)
      .default(64 * 1024 * 1024),
  })
  .readonly();
