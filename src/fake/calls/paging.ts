/** The most bytes of messages in one page, 1 MB [logs-get-events]. */
export const MAX_PAGE_BYTES = 1_048_576;

/** Which part of a list to walk through, and how. */
export interface Walk<T> {
  /** The index to begin with. @default 0 */
  readonly from?: number;
  /** The index after the last one. @default the length of the list */
  readonly to?: number;
  /** Whether to begin at the end. @default false */
  readonly backward?: boolean;
  /** Leaves out the items for which it is false. */
  readonly where?: (item: T) => boolean;
}

/** The items of a part of a list, one by one, so that a page costs only the items that it looks at. */
export function* walk<T>(
  items: readonly T[],
  { from = 0, to = items.length, backward = false, where = () => true }: Walk<T>,
): Generator<T, void> {
  const step = backward ? -1 : 1;
  for (let index = backward ? to - 1 : from; from <= index && index < to; index += step) {
    const item = items[index];
    if (item !== undefined && where(item)) yield item;
  }
}

/** Takes `limit` items, or as many as fit by their bytes, but at least one. `more` says whether some are left. */
export function takePage<T>(
  items: Iterable<T>,
  { limit, bytesOf = () => 0 }: { readonly limit: number; readonly bytesOf?: (item: T) => number },
): { readonly page: readonly T[]; readonly more: boolean } {
  const page: T[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += bytesOf(item);
    if (page.length === limit || (page.length > 0 && bytes > MAX_PAGE_BYTES)) {
      return { page, more: true };
    }
    page.push(item);
  }
  return { page, more: false };
}
