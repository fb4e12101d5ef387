/** How many calls are made at once where many are needed. Our decision: few enough for the limits of an account. */
const AT_ONCE = 10;

/**
 * The results of an asynchronous function for all items, in their order. After an error no more of them are begun; it is
 * thrown when those that were have ended.
 */
export async function tenAtOnce<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const errors: unknown[] = [];
  const left = items.entries();
  const work = async () => {
    for (const [index, item] of left) {
      if (errors.length > 0) return;
      await run(item).then(
        (result) => {
          results[index] = result;
        },
        (error: unknown) => errors.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (errors.length > 0) throw errors[0];
  return results;
}
