import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../schema/runtime/config-error';

const phrases = z.array(z.string().min(1)).min(1).readonly();
const day = z.iso.date();

const receives = z.union([
  z.string().transform((agency) => ({ agency, named: null })),
  z.strictObject({ agency: z.string(), named: phrases }),
]);

const system = z
  .strictObject({
    name: z.string().min(1),
    layout: z.enum(['A', 'B', 'C', 'D', 'F', 'G']),
    publishes: z
      .union([z.literal('others'), z.array(z.string()).min(1).readonly()])
      .nullable()
      .default(null),
    receives: z.array(receives).readonly().default([]),
  })
  .readonly();

const numbering = z
  .strictObject({
    formerNotationUntil: day.nullable().default(null),
    keepFormerNotation: z.array(z.string()).readonly().default([]),
    sevenDigits: z.array(z.string()).readonly().default([]),
    ownRegister: z.record(z.string(), z.string().min(1)).default({}),
  })
  .readonly();

const workload = z
  .strictObject({
    otherVolume: z.number().nonnegative(),
    volumes: z.record(z.string(), z.number().nonnegative()),
    popular: z.array(z.strictObject({ named: phrases, weight: z.number().positive() })).readonly(),
    usualDays: z.int().positive(),
    numbering,
  })
  .readonly();

const provinceLayout = z
  .strictObject({
    version: z.literal(1),
    code: z.string().min(1),
    today: z.iso.datetime({ offset: true }),
    siteDomain: z.string().min(1),
    seed: z.string(),
    dossiers: z.int().positive(),
    firstDay: day,
    systems: z.record(
      z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a plain file name such as tu-phap'),
      system,
    ),
    workload,
  })
  .readonly();

/** Who keeps what in the embedded province: data, so that another province is another file. */
export type ProvinceLayout = z.infer<typeof provinceLayout>;
export type SystemDescription = z.infer<typeof system>;
export type LayoutName = SystemDescription['layout'];
/** Those whose tables are read where they are; the others are asked over the network or read from files. */
export type TableLayoutName = Extract<LayoutName, 'A' | 'B' | 'D'>;
export type ServiceLayoutName = Extract<LayoutName, 'C' | 'G'>;

export function isTableLayout(layout: LayoutName): layout is TableLayoutName {
  return layout === 'A' || layout === 'B' || layout === 'D';
}
export type WorkloadDescription = z.infer<typeof workload>;

/** Throws a ConfigError that names every mistake by its path in the file. */
export function readProvinceLayout(file: string): ProvinceLayout {
  const parsed = provinceLayout.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    file,
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`),
  );
}
