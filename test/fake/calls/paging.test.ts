import { describe, expect, it } from "vitest";
import { MAX_PAGE_BYTES, takePage, walk } from "../../../src/fake/calls/paging.ts";

const letters = ["a", "b", "c", "d"];

describe("a walk", () => {
  it.each([
    ["all of it", {}, "abcd"],
    ["from an index on", { from: 2 }, "cd"],
    ["to before an index", { to: 2 }, "ab"],
    ["backward", { backward: true }, "dcba"],
    ["a part of it backward", { from: 1, to: 3, backward: true }, "cb"],
    ["what matches", { where: (letter: string) => letter > "b" }, "cd"],
    ["nothing of a part that ends before it begins", { from: 3, to: 1 }, ""],
    ["nothing of such a part backward", { from: 3, to: 1, backward: true }, ""],
  ])("goes through %s", (_, part, visited) => {
    expect([...walk(letters, part)].join("")).toBe(visited);
  });
});

describe("a page", () => {
  it("ends at its limit and says that some are left", () => {
    expect(takePage(letters, { limit: 3 })).toEqual({ page: ["a", "b", "c"], more: true });
  });

  it("says that none are left when the limit is met to the item", () => {
    expect(takePage(letters, { limit: 4 })).toEqual({ page: letters, more: false });
  });

  it("ends before the item whose bytes do not fit", () => {
    const sizes = [MAX_PAGE_BYTES - 1, 1, 1];
    expect(takePage(sizes, { limit: 9, bytesOf: (size) => size })).toEqual({
      page: [MAX_PAGE_BYTES - 1, 1],
      more: true,
    });
  });

  it("holds one item however large it is", () => {
    const sizes = [MAX_PAGE_BYTES + 1, 1];
    expect(takePage(sizes, { limit: 9, bytesOf: (size) => size }).page).toEqual([sizes[0]]);
  });

  it("looks at no more than one item beyond its end", () => {
    let looked = 0;
    const items = walk(letters, {
      where: () => {
        looked++;
        return true;
      },
    });
    takePage(items, { limit: 2 });
    expect(looked).toBe(3);
  });
});
