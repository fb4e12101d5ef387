import { describe, expect, it } from "vitest";
import { markedComment, markIn } from "../../../src/client/once/once-mark.ts";

describe("the mark of a key", () => {
  it.each([
    [undefined, "deploy-1a2b", "[once:deploy-1a2b]"],
    ["", "deploy-1a2b", "[once:deploy-1a2b]"],
    ["nightly", "deploy-1a2b", "nightly [once:deploy-1a2b]"],
    ["nightly [once:old]", "new", "nightly [once:old] [once:new]"],
    ["nightly", "a[b{c}:d/e", "nightly [once:a[b{c}:d/e]"],
  ])("of %j and %j is %j, and is read back", (comment, key, marked) => {
    expect(markedComment(comment, key)).toBe(marked);
    expect(markIn(marked)).toBe(key);
  });

  it.each([
    ["[once:k 2/5]", "k 2/5"],
    ["nightly [once:k 2/5]", "k 2/5"],
    ["nightly\t[once:k]", "k"],
  ])("is read from %j: %j", (comment, mark) => {
    expect(markIn(comment)).toBe(mark);
  });

  it.each([
    [undefined],
    [""],
    ["nightly"],
    ["nightly[once:k]"],
    ["[once:k] nightly"],
    ["[once:k] "],
    ["[once:]"],
    ["[once: k]"],
    ["[once:k 2]"],
    ["[once:k 2/]"],
    ["once:k"],
  ])("is not in %j", (comment) => {
    expect(markIn(comment)).toBe(undefined);
  });

  it("is that of the whole key, never of its end", () => {
    expect(markIn(markedComment(undefined, "a[once:b"))).toBe("a[once:b");
  });
});

describe("a key", () => {
  it.each([
    ["", '""'],
    ["a b", '"a b"'],
    ["a\nb", '"a\\nb"'],
    ["a]", '"a]"'],
    [7, "7"],
    [null, "null"],
  ])("is refused: %j", (key, shown) => {
    expect(() => markedComment(undefined, key)).toThrow(
      new TypeError(`once of send() is ${shown}. Give it a key without white space and "]".`),
    );
  });

  it("shares the 100 characters of Comment with its text", () => {
    expect(markedComment("x".repeat(91), "k")).toHaveLength(100);
    expect(() => markedComment("x".repeat(92), "k")).toThrow(
      new RangeError("Comment has 101 characters with its key, and SendCommand takes at most 100."),
    );
    expect(markedComment(undefined, "k".repeat(93))).toHaveLength(100);
    expect(() => markedComment(undefined, "k".repeat(94))).toThrow(RangeError);
  });
});
