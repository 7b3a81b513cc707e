import { type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** One `@link` (or Federation 1's `@core`) of a schema. */
export interface LinkedSpec {
  readonly directive: 'link' | 'core';
  /** The address without its version: `https://specs.apollo.dev/join`. */
  readonly identity: string;
  readonly version: string | null;
  /** Names given to the spec's directives, by the spec's own names, both without `@`. */
  readonly directiveNames: ReadonlyMap<string, string>;
}

/** Every spec that the schema says it uses, whatever names it gave them. */
export function readLinkedSpecs(document: DocumentNode): readonly LinkedSpec[] {
  return document.definitions
    .filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION)
    .flatMap((definition) => ('directives' in definition ? (definition.directives ?? []) : []))
    .flatMap((directive) => toLinkedSpec(directive) ?? []);
}

function toLinkedSpec(directive: DirectiveNode): LinkedSpec | null {
  const args = new Map(
    directive.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)] as const),
  );
  // `@link` may itself be renamed; what it links to tells it apart from any other directive on a schema.
  const url = args.get('url') ?? args.get('feature');
  if (typeof url !== 'string') return null;
  const [, identity = url, version = null] = /^(.*?)\/v(\d+\.\d+)$/.exec(url) ?? [];
  const ownName = identity.slice(identity.lastIndexOf('/') + 1);
  const prefix = typeof args.get('as') === 'string' ? String(args.get('as')) : ownName;
  const directiveNames = new Map([[ownName, prefix], ...importedDirectives(args.get('import'))]);
  return { directive: args.has('feature') ? 'core' : 'link', identity, version, directiveNames };
}

function importedDirectives(imports: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(imports)) return [];
  return imports.flatMap((item: unknown) => {
    const { name, as } =
      typeof item === 'object' && item !== null
        ? { name: undefined, as: undefined, ...item }
        : { name: item, as: undefined };
    if (typeof name !== 'string' || !name.startsWith('@')) return [];
    return [[name.slice(1), (typeof as === 'string' ? as : name).slice(1)] as const];
  });
}
