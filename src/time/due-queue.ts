import type { EpochMs } from "./clock.ts";

/** Something that is due at an instant. It sorts by time, then by rank, then by order of scheduling; no two are equal. */
export interface Due {
  readonly at: EpochMs;
  /** The smaller comes first at one instant; a small whole number. */
  readonly rank: number;
  /** Grows with every entry that is scheduled; a whole number below 2^45. */
  readonly order: number;
}

/** Every order is below this, so that rank and order fit into one exact number. */
const ORDERS = 2 ** 45;

/**
 * A binary heap in the total order of {@link Due}. The owner marks a cancelled entry and skips it when it comes up.
 *
 * The keys of the entries are kept beside them in arrays of numbers, so that comparing them, which is most of the cost of a
 * large heap, touches no entry.
 */
export class DueQueue<T extends Due> {
  readonly #entries: T[] = [];
  readonly #at: number[] = [];
  readonly #tie: number[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** All entries, in no order. */
  entries(): readonly T[] {
    return [...this.#entries];
  }

  first(): T | undefined {
    return this.#entries[0];
  }

  clear(): void {
    this.#entries.length = 0;
    this.#at.length = 0;
    this.#tie.length = 0;
  }

  push(entry: T): void {
    const { at } = entry;
    const tie = entry.rank * ORDERS + entry.order;
    let hole = this.#entries.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#isBefore(at, tie, parent)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#set(hole, entry, { at, tie });
  }

  shift(): T | undefined {
    const first = this.#entries[0];
    const entry = this.#entries.pop();
    const at = this.#at.pop();
    const tie = this.#tie.pop();
    const size = this.#entries.length;
    if (entry === undefined || at === undefined || tie === undefined || size === 0) return first;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && this.#isLess(child + 1, child)) child++;
      if (this.#isBefore(at, tie, child)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#set(hole, entry, { at, tie });
    return first;
  }

  /** Whether these keys come before the entry at `index`. Plain arguments, not an object, because it runs very often. */
  #isBefore(at: number, tie: number, index: number): boolean {
    const otherAt = this.#at[index] ?? Infinity;
    return at < otherAt || (at === otherAt && tie < (this.#tie[index] ?? Infinity));
  }

  #isLess(a: number, b: number): boolean {
    return this.#isBefore(this.#at[a] ?? Infinity, this.#tie[a] ?? Infinity, b);
  }

  #move(from: number, to: number): void {
    const entry = this.#entries[from];
    if (entry === undefined) return;
    this.#set(to, entry, { at: this.#at[from] ?? 0, tie: this.#tie[from] ?? 0 });
  }

  #set(index: number, entry: T, { at, tie }: { at: number; tie: number }): void {
    this.#entries[index] = entry;
    this.#at[index] = at;
    this.#tie[index] = tie;
  }
}
