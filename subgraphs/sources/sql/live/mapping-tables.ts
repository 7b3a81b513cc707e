import type { DossierMapping } from '../../dossiers/dossier-mapping';

/** Every table that a mapping names, the dossiers' own first. */
export function mappingTables({
  table,
  supplements,
  steps,
  procedure,
  field,
}: DossierMapping): readonly string[] {
  const lookups = [...(procedure?.through ?? []), ...(field?.through ?? [])].map((lookup) => lookup.table);
  return [
    ...new Set([
      table,
      ...(supplements === null ? [] : [supplements.table]),
      ...(steps === null ? [] : [steps.table]),
      ...lookups,
    ]),
  ];
}
