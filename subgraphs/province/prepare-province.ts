import { findProvince } from './find-province';
import { generateInThread } from './generate-in-thread';
import { readManifest, type Manifest } from './manifest';
import { createProgressReport, type ProgressOutput } from './progress-report';
import type { ProvinceSource } from './province-data';
import type { ProvinceLayout } from './province-layout';
import type { ProvinceSettings } from './province-settings';

export interface PrepareProvinceOptions {
  readonly source: ProvinceSource;
  readonly layout: ProvinceLayout;
  readonly folder: string;
  readonly wanted: Pick<ProvinceSettings, 'dossiers' | 'seed'>;
  readonly output: ProgressOutput;
}

/** The province of the folder when it is whole and what is wanted; else a new one. A wish that is null is met by what is there. */
export function prepareProvince(options: PrepareProvinceOptions): Promise<Manifest> {
  const { folder, source, wanted } = options;
  const found = findProvince(folder, source);
  const fits =
    found !== null &&
    (wanted.dossiers ?? found.dossiers) === found.dossiers &&
    (wanted.seed ?? found.seed) === found.seed;
  return fits ? Promise.resolve(found) : makeProvince(options);
}

/** A new province, of the size and seed of the one before unless others are wanted. */
export function makeProvince(options: PrepareProvinceOptions): Promise<Manifest> {
  const { source, layout, folder, wanted, output } = options;
  const before = readManifest(folder);
  const dossiers = wanted.dossiers ?? before?.dossiers ?? layout.dossiers;
  const seed = wanted.seed ?? before?.seed ?? layout.seed;
  const systems = Object.keys(layout.systems).length;
  output.write(
    `Generating ${dossiers.toLocaleString('en')} synthetic dossiers (seed ${seed}) in ${systems} systems: ${folder}\n`,
  );
  return generateInThread({ source, folder, seed, dossiers }, createProgressReport(output, dossiers));
}
