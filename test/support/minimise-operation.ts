import type { FieldSelection, FragmentSelection, Selection } from './operation-tree';

/** The smallest operation that is left when whatever can go has gone and it still fails. */
export async function minimiseOperation(
  selections: readonly Selection[],
  stillFails: (selections: readonly Selection[]) => Promise<boolean>,
): Promise<readonly Selection[]> {
  let best = selections;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smaller(best)) {
      if (!(await stillFails(candidate))) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
}

/** Every way to take one thing away; the biggest parts first. */
function* smaller(selections: readonly Selection[]): Generator<readonly Selection[]> {
  if (selections.length > 1) for (const [place] of selections.entries()) yield without(selections, place);
  for (const [place, selection] of selections.entries()) {
    // A fragment opened.
    if (selection.kind === 'fragment')
      yield [...selections.slice(0, place), ...selection.selections, ...selections.slice(place + 1)];
    for (const candidate of smallerSelection(selection)) yield replaced(selections, place, candidate);
  }
}

function* smallerSelection(selection: Selection): Generator<Selection> {
  for (const below of smaller(selection.selections))
    if (below.length > 0) yield { ...selection, selections: below };
  if (selection.condition) yield { ...selection, condition: null };
  if (selection.kind === 'fragment') yield* smallerFragment(selection);
  else yield* smallerField(selection);
}

function* smallerFragment(fragment: FragmentSelection): Generator<FragmentSelection> {
  if (fragment.name !== null) yield { ...fragment, name: null };
}

function* smallerField(field: FieldSelection): Generator<FieldSelection> {
  if (field.alias !== null) yield { ...field, alias: null };
  for (const [place, argument] of field.args.entries()) {
    yield { ...field, args: without(field.args, place) };
    if (argument.as !== 'literal')
      yield { ...field, args: replaced(field.args, place, { ...argument, as: 'literal' }) };
    if (argument.lifted.length > 0)
      yield { ...field, args: replaced(field.args, place, { ...argument, lifted: [] }) };
    const { value } = argument;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const name of Object.keys(value)) {
      const fewer = Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      yield {
        ...field,
        args: replaced(field.args, place, {
          ...argument,
          value: fewer,
          lifted: argument.lifted.filter((other) => other !== name),
        }),
      };
    }
  }
}

function without<Item>(items: readonly Item[], place: number): readonly Item[] {
  return [...items.slice(0, place), ...items.slice(place + 1)];
}

function replaced<Item>(items: readonly Item[], place: number, item: Item): readonly Item[] {
  return [...items.slice(0, place), item, ...items.slice(place + 1)];
}
