import { type DocumentNode, visit } from 'graphql';
import { type LinkedSpec, readLinkedSpecs } from './linked-specs';
import { SupergraphError } from './supergraph-error';

const WHY: ReadonlyMap<string, string> = new Map([
  ['authenticated', 'Serving it would show protected fields to everyone'],
  ['requiresScopes', 'Serving it would show protected fields to everyone'],
  ['policy', 'Serving it would show protected fields to everyone'],
  ['context', 'Fields that take a value from their context would get none'],
]);

const APOLLO_SPECS = 'https://specs.apollo.dev/';

/**
 * Refuses a supergraph that asks for something this gateway would silently leave out. A linked spec is enough, under
 * whatever name; so is a directive that is applied without a link, unless another spec owns that name.
 *
 * @throws SupergraphError naming the directive, the name it goes by, and why.
 */
export function refuseUnenforced(file: string, document: DocumentNode): void {
  const specs = readLinkedSpecs(document);
  const found = findLinked(specs) ?? findApplied(document, specs);
  if (found === null) return;
  const { name, usedAs } = found;
  const alias = usedAs === name ? '' : ` (here named @${usedAs})`;
  throw new SupergraphError(
    file,
    `uses @${name}${alias}, which this gateway does not enforce yet. ${WHY.get(name) ?? ''}`,
    'SUPERGRAPH_UNENFORCED_DIRECTIVE',
  );
}

interface UnenforcedUse {
  readonly name: string;
  readonly usedAs: string;
}

function findLinked(specs: readonly LinkedSpec[]): UnenforcedUse | null {
  for (const { identity, directiveNames } of specs) {
    if (!identity.startsWith(APOLLO_SPECS)) continue;
    for (const [name, usedAs] of directiveNames) {
      if (WHY.has(name)) return { name, usedAs };
    }
  }
  return null;
}

function findApplied(document: DocumentNode, specs: readonly LinkedSpec[]): UnenforcedUse | null {
  const ownedByOthers = new Set(specs.flatMap(({ directiveNames }) => [...directiveNames.values()]));
  let found: UnenforcedUse | null = null;
  visit(document, {
    Directive: ({ name: { value } }) => {
      const name = value.slice(value.lastIndexOf('__') < 0 ? 0 : value.lastIndexOf('__') + 2);
      const isTheirs = value === name && ownedByOthers.has(value);
      const isSpecs = value === name || value === `federation__${name}` || value === `${name}__${name}`;
      if (found === null && WHY.has(name) && isSpecs && !isTheirs) found = { name, usedAs: value };
    },
  });
  return found;
}
