import { tenAtOnce } from "../client/ten-at-once.ts";
import type { AbortOptions, CallOptions } from "../domain/run-command-api.ts";

/** As {@link tenAtOnce}; the first error, and an abort of the caller, aborts what is under way. */
export async function readTenAtOnce<Item, Result>(
  items: readonly Item[],
  read: (item: Item, options: CallOptions) => Promise<Result>,
  { abortSignal }: AbortOptions,
): Promise<readonly Result[]> {
  // One controller for each item: Node warns of an eleventh listener on a signal.
  const underWay = new Set<AbortController>();
  const leave = () => {
    for (const each of underWay) each.abort(abortSignal?.reason);
  };
  abortSignal?.addEventListener("abort", leave, { once: true });
  try {
    return await tenAtOnce(items, async (item) => {
      const leaving = new AbortController();
      underWay.add(leaving);
      if (abortSignal?.aborted) leave();
      try {
        return await read(item, { abortSignal: leaving.signal });
      } catch (error) {
        leave();
        throw error;
      } finally {
        underWay.delete(leaving);
      }
    });
  } finally {
    abortSignal?.removeEventListener("abort", leave);
  }
}
