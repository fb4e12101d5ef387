/**
 * A list that is sorted when it is read for the first time after a change, so that writing costs nothing and reading page
 * after page sorts once.
 */
export class Ordered<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #items: T[] = [];
  #inOrder = true;

  /** @param compare - The order, as `Array.prototype.sort` takes it. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  /** All items, in order. Read it again after a change. */
  get items(): readonly T[] {
    if (!this.#inOrder) this.#items.sort(this.#compare);
    this.#inOrder = true;
    return this.#items;
  }

  /** Adds an item; it has its place at the next read. */
  add(item: T): void {
    this.#items.push(item);
    this.#inOrder = false;
  }

  /** Says that something by which the items are ordered has changed. */
  disturb(): void {
    this.#inOrder = false;
  }
}

/** The index of the first item for which `isReached` holds, in a list where it holds for all later items as well. */
export function firstIndex<T>(items: readonly T[], isReached: (item: T) => boolean): number {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const item = items[middle];
    if (item !== undefined && isReached(item)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The order of names: by UTF-16 unit, which for log groups is the order of ASCII. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
