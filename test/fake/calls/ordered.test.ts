import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareText, firstIndex, Ordered } from "../../../src/fake/calls/ordered.ts";

describe("an ordered list", () => {
  it("takes in items in their place", () => {
    const list = new Ordered<number>((a, b) => a - b);
    for (const item of [3, 1, 2]) list.add(item);
    expect(list.items).toEqual([1, 2, 3]);
  });

  it("takes in more after it was read", () => {
    const list = new Ordered<number>((a, b) => a - b);
    list.add(2);
    expect(list.items).toEqual([2]);
    list.add(1);
    expect(list.items).toEqual([1, 2]);
  });

  it("moves an item that has changed once the change is reported", () => {
    const list = new Ordered<{ at: number }>((a, b) => a.at - b.at);
    const [first, second] = [{ at: 1 }, { at: 2 }];
    list.add(first);
    list.add(second);
    expect(list.items).toEqual([first, second]);
    first.at = 3;
    list.disturb();
    expect(list.items).toEqual([second, first]);
  });

  it("sorts once for many reads", () => {
    let comparisons = 0;
    const list = new Ordered<number>((a, b) => {
      comparisons++;
      return a - b;
    });
    for (let item = 0; item < 100; item++) list.add(item);
    for (let read = 0; read < 50; read++) list.items.at(read);
    expect(comparisons).toBeLessThan(200);
  });
});

describe("the first index", () => {
  it("is where a loop would find it", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(21), (numbers, wanted) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const found = sorted.findIndex((item) => item >= wanted);
        const expected = found < 0 ? sorted.length : found;
        return firstIndex(sorted, (item) => item >= wanted) === expected;
      }),
      { seed: 1 },
    );
  });
});

describe("the order of names", () => {
  it("is that of characters, capitals first", () => {
    expect(["b", "a", "B", "a/1", "a"].toSorted(compareText)).toEqual(["B", "a", "a", "a/1", "b"]);
  });
});
