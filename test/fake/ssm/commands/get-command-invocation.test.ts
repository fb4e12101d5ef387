import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatExecutionElapsed } from "../../../../src/fake/ssm/commands/get-command-invocation.ts";

/** The milliseconds of such a string, read back. */
function parse(text: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text) ?? [];
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
}

describe("ExecutionElapsedTime", () => {
  it.each([
    [0, "PT0S"],
    [26, "PT0.026S"],
    [1_755, "PT1.755S"],
    [2_440, "PT2.44S"],
    [5_000, "PT5S"],
    [60_000, "PT1M"],
    [90_500, "PT1M30.5S"],
    [3_600_000, "PT1H"],
    [3_600_271, "PT1H0.271S"],
    [3_660_000, "PT1H1M"],
    [172_800_000, "PT48H"],
  ])("of %i ms is %s", (ms, text) => {
    expect(formatExecutionElapsed(ms)).toBe(text);
  });

  it("says exactly how many milliseconds there were", () => {
    fc.assert(fc.property(fc.nat(172_800_000), (ms) => parse(formatExecutionElapsed(ms)) === ms));
  });

  it("ends a fraction without a zero", () => {
    fc.assert(
      fc.property(fc.nat(172_800_000), (ms) => !/\.\d*0S$/.test(formatExecutionElapsed(ms))),
    );
  });
});
