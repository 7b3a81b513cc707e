import type { CatalogueLayout } from './catalogue-layout';
import { CMON_CATALOGUE } from './cmon-catalogue';
import { OPENCPS_CATALOGUE } from './opencps-catalogue';
import { THUTUCS_CATALOGUE } from './thutucs-catalogue';

/** Every catalogue layout the embedded province knows; `name` is what a system's description writes. */
export const CATALOGUE_LAYOUTS: readonly CatalogueLayout[] = [
  THUTUCS_CATALOGUE,
  CMON_CATALOGUE,
  OPENCPS_CATALOGUE,
];

export function findCatalogueLayout(name: string): CatalogueLayout | undefined {
  return CATALOGUE_LAYOUTS.find((layout) => layout.name === name);
}
