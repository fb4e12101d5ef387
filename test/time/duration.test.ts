import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Duration, formatElapsed, toMs } from "../../src/time/duration.ts";

describe("toMs", () => {
  it.each<[Duration, number]>([
    ["0ms", 0],
    ["250ms", 250],
    ["90s", 90_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["30d", 2_592_000_000],
  ])("counts %s as %i ms", (duration, ms) => {
    expect(toMs(duration)).toBe(ms);
  });

  it.each<[Duration, number]>([
    ["1.4ms", 1],
    ["1.5ms", 2],
    ["0.0001s", 0],
  ])("rounds %s to %i whole ms", (duration, ms) => {
    expect(toMs(duration)).toBe(ms);
  });

  it("counts a unit the same whether it is written whole or in the next smaller one", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), (n) => {
        expect([toMs(`${n}s`), toMs(`${n}m`), toMs(`${n}h`), toMs(`${n}d`)]).toEqual([
          toMs(`${n * 1_000}ms`),
          toMs(`${n * 60}s`),
          toMs(`${n * 60}m`),
          toMs(`${n * 24}h`),
        ]);
      }),
    );
  });

  // The type lets these through: each begins with what TypeScript takes for a number.
  it.each<Duration>(["-5s", "1e3s", "0x10s", "+1s", ".5s"])("refuses %s", (duration) => {
    expect(() => toMs(duration)).toThrow(TypeError);
  });

  it.each([
    ["a number without a unit", "90"],
    ["a unit without a number", "s"],
    ["an empty text", ""],
    ["a space in between", "90 s"],
    ["a longer word for the unit", "90sec"],
    ["a second line", "90s\n"],
  ])("refuses %s", (_, text) => {
    // @ts-expect-error a string is not a duration
    expect(() => toMs(text)).toThrow(TypeError);
  });

  it("refuses a bare number, which JavaScript callers can pass", () => {
    // @ts-expect-error a duration needs its unit
    expect(() => toMs(90)).toThrow(
      'duration is 90, which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".',
    );
  });

  it("names the value by what it was given as", () => {
    // @ts-expect-error a duration needs its unit
    expect(() => toMs("90", "timeout")).toThrow('timeout is "90", which is not a duration.');
  });
});

describe("formatElapsed", () => {
  it.each([
    [0, "00:00:00.000"],
    [7, "00:00:00.007"],
    [59_999, "00:00:59.999"],
    [90_000, "00:01:30.000"],
    [3_599_999, "00:59:59.999"],
    [3_600_000, "01:00:00.000"],
    [360_000_000, "100:00:00.000"],
  ])("writes %i ms as %s", (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});
