import { SourceProblem } from '../source-problem';
import type { CopiedDossiersMapping, ProceduresMapping } from '../mapping/system-mapping';
import { hasPath, namesIn } from './value-at';

/** A name without which every row would be refused, and how many items must lack it before it is gone: services leave out what is empty. */
export interface RequiredName {
  readonly name: string;
  readonly minItems: number;
}

export function requiredOfDossiers(mapping: CopiedDossiersMapping): readonly RequiredName[] {
  const { code, receivingAgency, status, dates } = mapping;
  return always([
    code,
    'column' in receivingAgency ? receivingAgency.column : null,
    status.columns[0] ?? null,
  ])
    .concat({ name: dates.received.column, minItems: 10 })
    .filter(({ name }) => !Object.hasOwn(mapping.computed, name));
}

export function requiredOfProcedures(mapping: ProceduresMapping): readonly RequiredName[] {
  const { publishedBy } = mapping;
  return always([
    mapping.columns.code,
    mapping.columns.name,
    publishedBy !== undefined && 'column' in publishedBy ? publishedBy.column : null,
  ]).filter(({ name }) => !Object.hasOwn(mapping.computed, name));
}

function always(names: readonly (string | null)[]): readonly RequiredName[] {
  return names.filter((name) => name !== null).map((name) => ({ name, minItems: 1 }));
}

/**
 * A field that vanished overnight ends the pass; rows read without it would all be refused, and with them those of the copy.
 * @throws SourceProblem SOURCE_NO_COLUMN
 */
export function requireNames(
  items: readonly unknown[],
  required: readonly RequiredName[],
  label: string,
): void {
  for (const { name, minItems } of required) {
    if (items.length < minItems || items.some((item) => hasPath(item, name))) continue;
    throw new SourceProblem(
      'SOURCE_NO_COLUMN',
      `No item that ${label} gives has "${name}"; they have: ${namesIn(items[0])}`,
      `${label}, ${name}`,
    );
  }
}
