import type { EnvelopeMapping } from '../remote/envelope';
import { isKeyed, namesIn, valueAt } from '../remote/value-at';
import type { SoapCollection } from '../mapping/collections';
import { SourceProblem } from '../source-problem';

/**
 * The items of an answer. XML has no lists: one item is an element, several are a list, and none is no element at all. So that a list under
 * another name is not taken for an empty one (and every row for deleted), an answer without the list may have no other list or part.
 * @throws SourceProblem SOURCE_BAD_ANSWER
 */
export function itemsOfAnswer(
  answer: unknown,
  { operation, itemsPath }: Pick<SoapCollection, 'operation' | 'itemsPath'>,
  envelope: EnvelopeMapping | undefined,
  place: string,
): readonly unknown[] {
  const items = valueAt(answer, itemsPath);
  if (Array.isArray(items)) return items;
  if (isKeyed(items)) return [items];
  if (items === null || items === '') return [];
  const { found, path } = deepest(answer, itemsPath);
  const others = unnamedParts(found, envelope);
  if (items === undefined && others.length === 0) return [];
  throw new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `${place}: the answer to ${operation} has no element "${itemsPath}"${path === '' ? '' : ` (inside "${path}")`}; it has: ${namesIn(found)}`,
    place,
  );
}

/** How far the path can be followed. */
function deepest(answer: unknown, itemsPath: string): { readonly found: unknown; readonly path: string } {
  let found = answer;
  const followed: string[] = [];
  for (const name of itemsPath.split('.')) {
    const next = valueAt(found, name);
    if (!isKeyed(next)) break;
    found = next;
    followed.push(name);
  }
  return { found, path: followed.join('.') };
}

function unnamedParts(found: unknown, envelope: EnvelopeMapping | undefined): readonly string[] {
  if (!isKeyed(found)) return [];
  const known = [envelope?.codePath, envelope?.messagePath].map((path) => path?.split('.', 1)[0]);
  return Object.entries(found)
    .filter(
      ([name, value]) =>
        name !== 'attributes' && !known.includes(name) && typeof value === 'object' && value !== null,
    )
    .map(([name]) => name);
}
