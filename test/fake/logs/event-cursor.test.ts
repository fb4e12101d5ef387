import { describe, expect, it } from "vitest";
import { formatCursor, parseCursor } from "../../../src/fake/logs/event-cursor.ts";

describe("a token", () => {
  it.each(["forward", "backward"] as const)("carries a position %s", (direction) => {
    const cursor = { direction, position: 1_234_567 };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  });

  it("has the shape of AWS's", () => {
    expect(formatCursor({ direction: "forward", position: 7 })).toMatch(/^f\/0{55}7$/);
  });

  it.each(["", "f/7", `g/${"0".repeat(56)}`, `f/${"9".repeat(56)}`, `f/${"0".repeat(57)}`])(
    "is not %j",
    (text) => {
      expect(parseCursor(text)).toBeUndefined();
    },
  );
});
