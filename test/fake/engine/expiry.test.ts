import { describe, expect, it } from "vitest";
import type { CountedTimeout } from "../../../src/domain/timeouts.ts";
import { expiresAfter } from "../../../src/fake/engine/expiry.ts";
import { DEFAULT_SETTINGS } from "../../../src/fake/engine/settings.ts";

const stated = (value: string | number): CountedTimeout => ({ type: "stated", value });
const omitted: CountedTimeout = { type: "omitted" };
const none: CountedTimeout = { type: "none" };

/** Seconds from the request to the expiry. */
function secondsUntilExpiry(
  timeouts: readonly CountedTimeout[],
  { timeoutSeconds = 30, settings = DEFAULT_SETTINGS } = {},
): number {
  return expiresAfter(0, { timeoutSeconds, timeouts, settings }) / 1_000;
}

describe("a command expires", () => {
  // [rec-2026-09-27-expiry], and [rec-2026-09-27-timeouts] for the supplied 5. All with TimeoutSeconds 30.
  it.each([
    { step: "a literal 5", timeouts: [stated("5")], after: 35 },
    { step: "two steps with 5 and 7", timeouts: [stated("5"), stated("7")], after: 42 },
    { step: "a parameter supplied as 7", timeouts: [stated("7")], after: 37 },
    { step: "a parameter left out, whatever its default", timeouts: [omitted], after: 3_630 },
    {
      step: "a parameter supplied as 2, below the agent's least",
      timeouts: [stated("2")],
      after: 32,
    },
    { step: "a parameter supplied as 5", timeouts: [stated("5")], after: 35 },
  ])("$after s after the request with $step", ({ timeouts, after }) => {
    expect(secondsUntilExpiry(timeouts)).toBe(after);
  });

  // RequestedDateTime and ExpiresAfter of [rec-2019-send-command].
  it("7200 s after the request when AWS-RunShellScript is sent with nothing supplied", () => {
    expect(secondsUntilExpiry([omitted], { timeoutSeconds: 3_600 })).toBe(7_200);
  });

  // [guide-sns-examples]
  it("4200 s after the request when AWS-RunPowerShellScript is sent with TimeoutSeconds 600", () => {
    expect(secondsUntilExpiry([omitted], { timeoutSeconds: 600 })).toBe(4_200);
  });

  // AWS-UpdateSSMAgent in [rec-2020-list-commands].
  it("4200 s after the request with TimeoutSeconds 600 and a step without a time-out", () => {
    expect(secondsUntilExpiry([none], { timeoutSeconds: 600 })).toBe(4_200);
  });

  it("with the milliseconds of the request", () => {
    const requestedAt = Date.parse("2026-09-27T12:00:00.123Z");
    const timing = { timeoutSeconds: 30, timeouts: [stated("5")], settings: DEFAULT_SETTINGS };
    expect(expiresAfter(requestedAt, timing)).toBe(Date.parse("2026-09-27T12:00:35.123Z"));
  });
});

describe("a time-out", () => {
  it("is read the same as a number and as a string", () => {
    expect(secondsUntilExpiry([stated(7)])).toBe(secondsUntilExpiry([stated("7")]));
  });

  it.each(["soon", "", "-1", "0", "NaN"])("that is %j counts 3600 s", (value) => {
    expect(secondsUntilExpiry([stated(value)])).toBe(3_630);
  });

  it("that was left out counts 3600 s beside one that is stated", () => {
    expect(secondsUntilExpiry([stated("5"), omitted])).toBe(3_635);
  });

  // Our decision: those that are stated are added, and the others add nothing.
  it("that the document does not have adds nothing beside one that is stated", () => {
    expect(secondsUntilExpiry([stated("5"), none])).toBe(35);
  });
});

describe("a document without any time-out", () => {
  // One step: [rec-2020-list-commands]. Several: question 25 of docs/settings.md.
  it("counts 3600 s once, however many steps it has", () => {
    expect(secondsUntilExpiry([none, none, none])).toBe(3_630);
  });

  it("counts 3600 s for each step when untimedDocument says so", () => {
    const settings = { ...DEFAULT_SETTINGS, untimedDocument: "perStep" } as const;
    expect(secondsUntilExpiry([none, none, none], { settings })).toBe(10_830);
  });

  it.each(["once", "perStep"] as const)(
    "and without steps counts 3600 s (%s)",
    (untimedDocument) => {
      expect(secondsUntilExpiry([], { settings: { ...DEFAULT_SETTINGS, untimedDocument } })).toBe(
        3_630,
      );
    },
  );
});
