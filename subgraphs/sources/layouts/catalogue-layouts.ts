import type { CatalogueLayout } from './catalogue-layout';
import { CMON_CATALOGUE } from './cmon-catalogue';
import { OPENCPS_CATALOGUE } from './opencps-catalogue';
import { THUTUCS_CATALOGUE } from './thutucs-catalogue';

/** Every catalogue layout that the embedded province knows. */
export const CATALOGUE_LAYOUTS: readonly CatalogueLayout[] = [
  THUTUCS_CATALOGUE,
  CMON_CATALOGUE,
  OPENCPS_CATALOGUE,
];
