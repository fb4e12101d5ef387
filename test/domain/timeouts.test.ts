import { describe, expect, it } from "vitest";
import { countedExecutionSeconds } from "../../src/domain/timeouts.ts";

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
