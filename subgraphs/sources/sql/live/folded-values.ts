import { foldForSearch } from '../../../../schema/vietnamese-text';
import type { StatusMapping } from '../../dossiers/dossier-mapping';

/**
 * The values, and with them those texts of the system that differ from a named one in case, accents, Unicode form, the place of a tone
 * or spaces only. A text that is near two of different meaning is near none.
 */
export function withFoldedTexts<Ours extends string>(
  values: Readonly<Record<string, Ours>>,
  texts: readonly string[],
): Readonly<Record<string, Ours>> {
  const meanings = new Map<string, Set<Ours>>();
  for (const [text, ours] of Object.entries(values)) {
    const fold = foldForSearch(text);
    meanings.set(fold, (meanings.get(fold) ?? new Set()).add(ours));
  }
  const found = texts.flatMap((text) => {
    const [ours, ...others] = meanings.get(foldForSearch(text)) ?? [];
    return ours === undefined || others.length > 0 || text in values ? [] : [[text, ours] as const];
  });
  return { ...values, ...Object.fromEntries(found) };
}

/** As `withFoldedTexts`, for the lines of statuses: `texts` by column. A line stands for each spelling of it, in its own place. */
export function withFoldedLines(status: StatusMapping, texts: readonly (readonly string[])[]): StatusMapping {
  const named = new Set(
    status.values.flatMap(({ when }) => when.filter((value) => typeof value === 'string')),
  );
  const spellings = (value: string | number | null, column: number): readonly (string | number | null)[] => {
    if (typeof value !== 'string') return [value];
    const fold = foldForSearch(value);
    const others = (texts[column] ?? []).filter((text) => !named.has(text) && foldForSearch(text) === fold);
    return [value, ...others];
  };
  return {
    ...status,
    values: status.values.flatMap(({ when, status: number }) =>
      combinations(when.map(spellings)).map((line) => ({ when: line, status: number })),
    ),
  };
}

function combinations<Value>(choices: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  return choices.reduce<readonly (readonly Value[])[]>(
    (lines, values) => lines.flatMap((line) => values.map((value) => [...line, value])),
    [[]],
  );
}
