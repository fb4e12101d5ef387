import { describe, expect, it } from "vitest";
import { type Due, DueQueue } from "../../src/time/due-queue.ts";

describe("a queue of what falls due", () => {
  it.each([1_000, 10_000])(
    "of %i compares twice the logarithm of its length for an entry, at most",
    (size) => {
      let comparisons = 0;
      // Stands for a number, and counts how often it is compared.
      const instant = (at: number) => {
        const count = () => {
          comparisons++;
          return at;
        };
        return { valueOf: count } as unknown as number;
      };
      const queue = new DueQueue<Due>();
      for (let order = 0; order < size; order++) {
        queue.push({ at: instant((order * 7_919) % size), rank: 0, order });
      }
      while (queue.shift() !== undefined);
      // Two numbers are read for a comparison; an entry goes in and out.
      expect(comparisons / 2 / size).toBeLessThan(2 * Math.log2(size) + 4);
    },
  );
});
