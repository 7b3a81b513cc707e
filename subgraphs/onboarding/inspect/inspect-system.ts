import type { DescribedTable } from './draft/describe-tables';
import { describeTables } from './draft/describe-tables';
import type { DraftContext } from './draft/draft-context';
import { draftMapping } from './draft/draft-mapping';
import { DraftNotes } from './draft/draft-notes';
import { printMapping } from './draft/print-mapping';
import type { InspectedSystem } from './read/inspected-table';
import { createAgencyMatcher, type ListedAgency } from './recognise/match-agency';
import { recogniseSystem, type RecognisedSystem } from './recognise/recognise-system';

export interface InspectOptions {
  readonly system: string;
  /** Whose rows the system holds; empty when not known. */
  readonly agencies: readonly ListedAgency[];
  /** Every agency of the province. */
  readonly listed: readonly ListedAgency[];
  /** Where an editor finds the schema, from the mapping's folder. */
  readonly schema: string;
  readonly onTable: (done: number, total: number) => void;
}

export interface Inspection {
  readonly title: string;
  readonly layout: { readonly letter: string; readonly title: string; readonly share: number } | null;
  /** Role → table. */
  readonly recognised: Readonly<Record<string, string | null>>;
  readonly unsure: readonly { readonly path: string; readonly text: string }[];
  readonly tables: readonly DescribedTable[];
  /** The mapping; null when there is nothing to map. */
  readonly text: string | null;
  /** What to do when nothing was found. */
  readonly advice: string;
}

/** Looks at every table and drafts the mapping. Throws a SourceProblem when the system stops answering. */
export async function inspectSystem(system: InspectedSystem, options: InspectOptions): Promise<Inspection> {
  const recognised = await recogniseSystem(system, options.onTable);
  const notes = new DraftNotes();
  const context: DraftContext = {
    system,
    recognised,
    matchAgency: createAgencyMatcher(options.listed),
    agencies: options.agencies,
    notes,
  };
  const isEmpty = recognised.dossiers === null && recognised.catalogue === null;
  const draft = isEmpty ? null : await draftMapping(context, options.system);
  const tables = await describeTables(system.tables, recognised);
  const header = headerOf(system, recognised);
  return {
    title: system.title,
    layout: layoutOf(recognised),
    recognised: {
      dossiers: recognised.dossiers?.table.name ?? null,
      steps: recognised.steps?.table.name ?? null,
      supplements: recognised.supplements?.table.name ?? null,
      catalogue: recognised.catalogue?.table.name ?? null,
    },
    unsure: notes
      .all()
      .filter(({ isUnsure }) => isUnsure)
      .map(({ path, text }) => ({ path: path.join('.'), text })),
    tables,
    text:
      draft === null
        ? null
        : printMapping({ draft, notes: notes.all(), tables, header, schema: options.schema }),
    advice: adviceFor(system, recognised),
  };
}

function layoutOf({ layout }: RecognisedSystem): Inspection['layout'] {
  if (layout === null) return null;
  return { letter: layout.layout.letter, title: layout.layout.title, share: layout.share };
}

function headerOf({ title }: InspectedSystem, { layout, unreadable }: RecognisedSystem): readonly string[] {
  const seems =
    layout === null
      ? 'Its layout is none of the known ones: columns were chosen by their names and by what stands in them.'
      : `It is like layout ${layout.layout.letter}, ${layout.layout.title}: ${Math.round(layout.share * 100)} % of its columns are there.`;
  return [
    `A first mapping of ${title}.`,
    seems,
    ...unreadable.map(({ name, reason }) => `${name} was not looked into: ${reason}`),
    'Every line marked "unsure" is a guess: look at it. Then: lienthong onboard check <this file>',
  ];
}

function adviceFor({ tables, title }: InspectedSystem, { nearly }: RecognisedSystem): string {
  if (tables.length === 0)
    return `There is no table in ${title}: is this the right one, and may the user read it?`;
  if (tables.every(({ rowCount }) => rowCount === 0))
    return `The ${tables.length} tables of ${title} are empty, and none is called as one of dossiers or procedures would be.`;
  const near = nearly.map(({ table }) => table.name).slice(0, 5);
  return `None of the ${tables.length} tables holds dossiers or procedures, as far as names and values tell${near.length === 0 ? '' : `; nearest are ${near.join(', ')}`}. Write the mapping by hand: docs/examples/mappings shows how.`;
}
