import { describe, expect, it } from "vitest";
import { differenceOf } from "./difference.ts";

const LONG = "abcdefghij".repeat(30);

describe("a difference", () => {
  it.each([
    ["ok", "ok", undefined],
    [7, 7, undefined],
    [7, undefined, "expected it 7, found nothing"],
    ["a\n", "b", 'expected it "a\\n", found "b"'],
  ])("between %j and %j is said: %j", (expected, found, sentence) => {
    expect(differenceOf("it", expected, found)).toBe(sentence);
  });

  it("of long strings is shown with a little of what stands before it, and with the lengths", () => {
    const found = `${LONG.slice(0, 150)}X${LONG.slice(151)}!`;
    const [, part] =
      /found "…(.*)…" \(length 301\)/.exec(differenceOf("it", LONG, found) ?? "") ?? [];
    expect(part).toBe(found.slice(130, 210));
  });

  it("at the end of a long string shows that end", () => {
    expect(differenceOf("it", LONG, "abc")).toBe(
      `expected it ${JSON.stringify(`${LONG.slice(0, 80)}…`)} (length 300), found "abc"`,
    );
    expect(differenceOf("it", LONG, `${LONG}!`)).toContain(`found "…${LONG.slice(-79)}!"`);
  });
});
