/** How many calls are made at once where many are needed. Our decision: few enough for the limits of an account. */
const AT_ONCE = 10;

/** The results of an asynchronous function for all items, in their order. After an error no more of them are begun. */
export async function tenAtOnce<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const work = async () => {
    for (const [index, item] of left) results[index] = await run(item);
  };
  const workers = Array.from({ length: AT_ONCE }, () =>
    work().catch((error: unknown) => {
      // The others find nothing left.
      for (const _ of left);
      throw error;
    }),
  );
  await Promise.all(workers);
  return results;
}
