import { describe, expect, it } from "vitest";
import { countedExecutionSeconds, enforcedExecutionSeconds } from "../../src/domain/timeouts.ts";

// What the service counts into ExpiresAfter: [rec-2026-09-27-expiry].
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

// What lies outside of the agent's bounds becomes an hour [agent-plugin-util].
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
