/** Answers every item, in order, with one call for each group of items that can be answered together. */
export async function inGroups<Item, Answer>(
  items: readonly Item[],
  groupOf: (item: Item) => string,
  answerTogether: (group: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const groups = Map.groupBy(items, groupOf);
  const answers = new Map<Item, Answer>();
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const together = await answerTogether(group);
      group.forEach((item, i) => answers.set(item, together[i] as Answer)); // One answer for each item is the contract.
    }),
  );
  return items.map((item) => answers.get(item) as Answer); // Every item is in exactly one group.
}
