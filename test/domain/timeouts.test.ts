import { describe, expect, it } from "vitest";
import { countedExecutionSeconds, enforcedExecutionSeconds } from "../../src/domain/timeouts.ts";

// Recorded 2026-09: what the service counts into ExpiresAfter.
describe("the service counts", () => {
  it.each([
    [5, "5"],
    [7, 7],
    [2, "2"],
    [3600, undefined],
    [3600, ""],
    [3600, "soon"],
    [3600, "0"],
    [3600, "-5"],
  ])("%i s for %o", (seconds, supplied) => {
    expect(countedExecutionSeconds(supplied)).toBe(seconds);
  });
});

// The agent's source: what lies outside of its bounds becomes an hour.
describe("the agent enforces", () => {
  it.each([
    [5, "5"],
    [172_800, "172800"],
    [3600, "4"],
    [3600, "172801"],
    [3600, undefined],
    [3600, ""],
    [3600, "soon"],
  ])("%i s for %o", (seconds, supplied) => {
    expect(enforcedExecutionSeconds(supplied)).toBe(seconds);
  });
});
