import type { AbortOptions, CallOptions } from "../domain/run-command-api.ts";

/** How many streams are read at the same time. */
const AT_ONCE = 10;

/**
 * Does something with each item, with ten at once, and returns the results in the order of the items. The first error
 * aborts what is under way, and is thrown when all of that has ended.
 */
export async function tenAtOnce<Item, Made>(
  items: readonly Item[],
  make: (item: Item, options: CallOptions) => Promise<Made>,
  { abortSignal }: AbortOptions,
): Promise<readonly Made[]> {
  // One controller for each item: Node warns of an eleventh listener on a signal.
  const underWay = new Set<AbortController>();
  const leave = () => {
    for (const each of underWay) each.abort(abortSignal?.reason);
  };
  abortSignal?.addEventListener("abort", leave, { once: true });
  const made: Made[] = [];
  const errors: unknown[] = [];
  const next = items.entries();
  const work = async () => {
    for (const [index, item] of next) {
      const leaving = new AbortController();
      underWay.add(leaving);
      if (abortSignal?.aborted) leave();
      try {
        made[index] = await make(item, { abortSignal: leaving.signal });
      } catch (error) {
        errors.push(error);
        leave();
      }
      underWay.delete(leaving);
      if (errors.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  abortSignal?.removeEventListener("abort", leave);
  if (errors.length > 0) throw errors[0];
  return made;
}
