import type { DossierMapping } from '../sources/dossiers/dossier-mapping';
import type { CatalogueLayout } from '../sources/layouts/catalogue-layout';
import { CMON_CATALOGUE } from '../sources/layouts/cmon-catalogue';
import { LAYOUT_A_INDEXES, LAYOUT_A_TABLES, layoutAMapping } from '../sources/layouts/layout-a';
import { LAYOUT_B_INDEXES, LAYOUT_B_TABLES, layoutBMapping } from '../sources/layouts/layout-b';
import { LAYOUT_D_INDEXES, LAYOUT_D_TABLES, layoutDMapping } from '../sources/layouts/layout-d';
import { OPENCPS_CATALOGUE } from '../sources/layouts/opencps-catalogue';
import { THUTUCS_CATALOGUE } from '../sources/layouts/thutucs-catalogue';
import type { DossierWriter, DossierWriterParts, WrittenAgency } from './dossier-writer';
import type { TableLayoutName } from './province-layout';
import { createLayoutAWriter, layoutAAgencyKeys } from './write-layout-a';
import { createLayoutBWriter, layoutBAgencyNames } from './write-layout-b';
import { createLayoutDWriter, layoutDAgencyCodes } from './write-layout-d';

/** How one kind of system keeps both of its databases, and how they are read again. */
export interface SystemLayout {
  readonly tables: readonly string[];
  /** Created after the rows: building an index once is many times faster than keeping it. */
  readonly indexes: readonly string[];
  readonly createWriter: (parts: DossierWriterParts) => DossierWriter;
  /** `agencies` must be those of the writer, in the same order. */
  readonly mapping: (agencies: readonly WrittenAgency[]) => DossierMapping;
  readonly catalogue: CatalogueLayout;
}

const LAYOUTS: Readonly<Record<TableLayoutName, SystemLayout>> = {
  A: {
    tables: LAYOUT_A_TABLES,
    indexes: LAYOUT_A_INDEXES,
    createWriter: createLayoutAWriter,
    mapping: (agencies) => layoutAMapping({ agencies: layoutAAgencyKeys(agencies) }),
    catalogue: THUTUCS_CATALOGUE,
  },
  B: {
    tables: LAYOUT_B_TABLES,
    indexes: LAYOUT_B_INDEXES,
    createWriter: createLayoutBWriter,
    mapping: (agencies) => layoutBMapping({ agencies: layoutBAgencyNames(agencies) }),
    catalogue: CMON_CATALOGUE,
  },
  D: {
    tables: LAYOUT_D_TABLES,
    indexes: LAYOUT_D_INDEXES,
    createWriter: createLayoutDWriter,
    mapping: (agencies) => layoutDMapping({ agencies: layoutDAgencyCodes(agencies) }),
    catalogue: OPENCPS_CATALOGUE,
  },
};

export function systemLayout(name: TableLayoutName): SystemLayout {
  return LAYOUTS[name];
}

/**
 * How to read the dossiers of one system: `agencies` are those it was written with, `receivers` the codes of those it
 * receives for, so that a query does not look for the other fifty.
 */
export function systemDossierMapping(
  name: TableLayoutName,
  agencies: readonly WrittenAgency[],
  receivers: readonly string[],
): DossierMapping {
  const mapping = LAYOUTS[name].mapping(agencies);
  const { receivingAgency } = mapping;
  if ('constant' in receivingAgency) return mapping;
  const values = Object.fromEntries(
    Object.entries(receivingAgency.values).filter(([, code]) => receivers.includes(code)),
  );
  return { ...mapping, receivingAgency: { ...receivingAgency, values } };
}
