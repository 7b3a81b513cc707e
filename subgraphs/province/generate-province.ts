import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../../schema/calendar';
import { toAgencyDirectoryRecords } from '../agencies/agency-directory-records';
import { readAgencyData } from '../agencies/read-agency-data';
import {
  COPIES_FOLDER,
  DIRECTORY_FILE,
  MANIFEST_FILE,
  MAPPINGS_FOLDER,
  PASSWORD_FILE,
  writeWhole,
} from './data-folder';
import { generateDossiers } from './generate-dossiers';
import { computeHoldings, type ProvinceHoldings } from './holdings';
import { type Manifest, readManifest } from './manifest';
import { createPlacement, type Placement } from './placement';
import { provinceFingerprint } from './find-province';
import { readProvinceData, type ProvinceData, type ProvinceSource } from './province-data';
import type { ProvinceLayout } from './province-layout';
import { createWorkload } from './workload';
import { writeFileMappings } from './write-mappings';
import { openDossierTarget, writeCatalogueOf, type DossierTarget } from './write-rows';

const UNFINISHED = 'generating-';

export interface GenerateProvinceOptions {
  readonly source: ProvinceSource;
  readonly layout: ProvinceLayout;
  /** Where the systems' databases go. */
  readonly folder: string;
  readonly seed: string;
  readonly dossiers: number;
  /** Called now and then with the number of dossiers written so far. */
  readonly report?: (written: number) => void;
}

/**
 * Writes every system's databases. What was there before stays whole until the new one is; killed on the way, it leaves
 * a folder without a manifest at worst, which the next start generates again.
 */
export function generateProvince(options: GenerateProvinceOptions): Manifest {
  const { folder, source } = options;
  removeUnfinished(folder);
  mkdirSync(folder, { recursive: true });
  const workshop = mkdtempSync(join(folder, UNFINISHED));
  const data = readProvinceData(source.dataFolder);
  const placement = createPlacement(options.layout, data.agencies);
  const holdings = computeHoldings(options.layout, placement, data.procedures);

  writeDirectory(workshop, source.dataFolder);
  writeWhole(workshop, PASSWORD_FILE, `${randomBytes(24).toString('base64url')}\n`, 0o600);
  writeCatalogues(workshop, options.layout, placement, data);
  const rows = writeAllDossiers(workshop, options, placement, data);
  const manifest = toManifest(options, holdings, rows, readdirSync(workshop));
  adopt(workshop, folder, manifest);
  writeFileMappings({ folder, layout: options.layout, manifest, agencies: data.agencies });
  return manifest;
}

function removeUnfinished(folder: string): void {
  for (const name of readdirIfAny(folder)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function readdirIfAny(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder);
}

function writeDirectory(workshop: string, dataFolder: string): void {
  const records = toAgencyDirectoryRecords(readAgencyData(dataFolder));
  writeWhole(workshop, DIRECTORY_FILE, `${JSON.stringify(records, null, 1)}\n`);
}

function writeCatalogues(
  workshop: string,
  { systems }: ProvinceLayout,
  placement: Placement,
  { agencies, procedures }: ProvinceData,
): void {
  const bySystem = Map.groupBy(procedures, (record) => placement.systemOfProcedure(record));
  for (const [system, records] of bySystem) {
    const layout = systems[system]?.layout;
    if (layout === undefined) continue;
    writeCatalogueOf({ folder: workshop, system, layout, agencies }, records);
  }
}

interface Target {
  readonly dossiers: DossierTarget;
  rows: number;
}

function writeAllDossiers(
  workshop: string,
  { layout, seed, dossiers: count, report }: GenerateProvinceOptions,
  placement: Placement,
  { agencies, procedures, calendar }: ProvinceData,
): ReadonlyMap<string, number> {
  const targets = openTargets(workshop, layout, agencies);
  const today = new Date(layout.today).toISOString();
  const workload = createWorkload({
    description: layout.workload,
    receivers: placement.receivers,
    procedures,
    today: localDay(today),
  });
  let written = 0;
  for (const dossier of generateDossiers({
    ...workload,
    seed,
    count,
    calendar,
    today,
    firstDay: layout.firstDay,
  })) {
    const target = targets.get(placement.systemOfDossier(dossier));
    if (target === undefined) throw new Error(`No database is open for the dossier "${dossier.code}"`);
    target.dossiers.write(dossier);
    target.rows += 1;
    written += 1;
    if (written % 2_000 === 0) report?.(written);
  }
  for (const { dossiers } of targets.values()) dossiers.finish();
  report?.(written);
  return new Map([...targets].map(([system, { rows }]) => [system, rows]));
}

function openTargets(
  workshop: string,
  { systems }: ProvinceLayout,
  agencies: ProvinceData['agencies'],
): ReadonlyMap<string, Target> {
  const receiving = Object.entries(systems).filter(([, { receives }]) => receives.length > 0);
  return new Map(
    receiving.map(([system, { layout }]) => {
      const dossiers = openDossierTarget({ folder: workshop, system, layout, agencies });
      return [system, { dossiers, rows: 0 }];
    }),
  );
}

function toManifest(
  { source, seed, dossiers }: GenerateProvinceOptions,
  { systems, expected }: ProvinceHoldings,
  rows: ReadonlyMap<string, number>,
  files: readonly string[],
): Manifest {
  const held = Object.entries(systems).map(([name, { procedures, dossiers: desks }]) => [
    name,
    {
      ...(procedures === undefined ? {} : { procedures }),
      ...(desks === undefined ? {} : { dossiers: desks }),
      rows: rows.get(name) ?? 0,
    },
  ]);
  return {
    version: 1,
    seed,
    dossiers,
    fingerprint: provinceFingerprint(source),
    files,
    // Each entry was built with the keys of a system just above.
    systems: Object.fromEntries(held) as Manifest['systems'],
    expected,
  };
}

function adopt(workshop: string, folder: string, manifest: Manifest): void {
  const before = readManifest(folder)?.files ?? [];
  rmSync(join(folder, MANIFEST_FILE), { force: true });
  // Copies are of the rows that were, and mappings of what is no longer there.
  for (const file of [...before, COPIES_FOLDER, MAPPINGS_FOLDER])
    rmSync(join(folder, file), { recursive: true, force: true });
  for (const file of manifest.files) renameSync(join(workshop, file), join(folder, file));
  rmSync(workshop, { recursive: true });
  writeWhole(folder, MANIFEST_FILE, `${JSON.stringify(manifest, null, 1)}\n`);
}
