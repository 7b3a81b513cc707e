import type { InspectedTable } from '../read/inspected-table';
import { compactName, lastPart } from './compact-name';
import { KNOWN_LAYOUTS, type KnownLayout } from './known-layouts';
import { ROLES } from './mapped-fields';

export interface RecognisedLayout {
  readonly layout: KnownLayout;
  /** How much of what the layout calls by name is there, 0 to 1. */
  readonly share: number;
}

const ENOUGH_OF_A_TABLE = 0.6;
const FEWEST_COLUMNS = 4;

/** The known layout that fits best, table by table and column by column; null when none does. */
export function recogniseLayout(tables: readonly InspectedTable[]): RecognisedLayout | null {
  const ranked = KNOWN_LAYOUTS.map((layout) => ({ layout, share: shareOf(layout, tables) }))
    .filter(({ share }) => share >= ENOUGH_OF_A_TABLE)
    .sort((a, b) => b.share - a.share);
  return ranked[0] ?? null;
}

function shareOf(layout: KnownLayout, tables: readonly InspectedTable[]): number {
  const signs = (layout.signs ?? []).map(compactName);
  const names = new Set(
    tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]).map(compactName),
  );
  // A sign is a name that nobody else uses: one is enough, and where there are signs nothing else is.
  if (signs.some((sign) => names.has(sign) || tables.some(({ name }) => compactName(name).endsWith(sign))))
    return 1;
  if (signs.length > 0) return 0;
  const shares = ROLES.filter((role) => role === 'dossiers' || role === 'catalogue').flatMap((role) => {
    const columns = layout.tables[role]?.columns;
    return columns === undefined ? [] : tables.map((table) => columnShare(Object.values(columns), table));
  });
  return Math.max(0, ...shares);
}

function columnShare(fields: readonly (readonly string[])[], { columns }: InspectedTable): number {
  const present = new Set(columns.flatMap(({ name }) => [compactName(name), compactName(lastPart(name))]));
  const found = fields.filter((names) => names.some((name) => present.has(compactName(name)))).length;
  return found < FEWEST_COLUMNS ? 0 : found / fields.length;
}
