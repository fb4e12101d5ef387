import { describe, expect, it } from "vitest";
import {
  type EventCursor,
  formatCursor,
  ReturnedTokens,
  readCursor,
} from "../../../src/fake/logs/event-cursor.ts";

const NOW = Date.parse("2024-01-01T00:00:00Z");
const DAY = 24 * 3_600_000;
const CURSOR: EventCursor = { direction: "forward", position: 7 };

describe("a token", () => {
  it.each(["forward", "backward"] as const)("carries a position %s", (direction) => {
    const cursor = { direction, position: 1_234_567 };
    const value = readCursor(formatCursor(cursor, NOW), { now: NOW });
    expect(value).toEqual({ ok: true, value: cursor });
  });

  it("has the shape of AWS's", () => {
    expect(formatCursor(CURSOR, NOW)).toMatch(/^f\/\d{56}$/);
  });

  it.each([
    [DAY, true],
    [DAY + 1, false],
  ])("%d milliseconds after it was returned can be used: %j", (age, ok) => {
    expect(readCursor(formatCursor(CURSOR, NOW), { now: NOW + age })).toMatchObject({ ok });
  });

  it("counts its age from when it was returned last", () => {
    const token = formatCursor(CURSOR, NOW);
    const [now, returnedAt] = [NOW + 2 * DAY, NOW + DAY];
    expect(readCursor(token, { now, returnedAt })).toMatchObject({ ok: true });
  });

  it.each(["", "f/7", `g/${"0".repeat(56)}`, `f/${"9".repeat(56)}`, `f/${"0".repeat(57)}`])(
    "is not %j",
    (token) => {
      expect(readCursor(token, { now: NOW })).toMatchObject({
        refusal: {
          name: "InvalidParameterException",
          message: "The specified nextToken is invalid.",
        },
      });
    },
  );
});

describe("tokens that came back", () => {
  it("are forgotten when they are too old", () => {
    const tokens = new ReturnedTokens();
    tokens.add("one", NOW);
    tokens.add("other", NOW + DAY);
    expect(tokens.get("one")).toBe(NOW);
    tokens.add("third", NOW + DAY + 1);
    expect([tokens.get("one"), tokens.get("other")]).toEqual([undefined, NOW + DAY]);
  });
});
