import { describe, expect, it } from "vitest";
import { RateLimit } from "../../../src/fake/calls/rate-limit.ts";

/** Of these instants, those at which a call passes. */
function passing(perSecond: number, instants: readonly number[]): readonly number[] {
  const rate = new RateLimit(perSecond);
  return instants.filter((at) => {
    if (rate.isReached(at)) return false;
    rate.pass(at);
    return true;
  });
}

describe("a rate", () => {
  it("lets a thousand calls of one instant pass when it is a thousand a second", () => {
    expect(
      passing(
        1_000,
        Array.from({ length: 2_000 }, () => 5),
      ),
    ).toHaveLength(1_000);
  });

  it.each([
    [1, 1, 1_000],
    [3, 3, 1_000],
    [0.4, 1, 2_500],
    [7.9, 7, 7_000 / 7.9],
  ])("of %d has at most %i calls in any %d ms", (perSecond, calls, withinMs) => {
    const instants = Array.from({ length: 5_000 }, (_, index) => ((index * 37) % 11) + index * 5);
    const passed = passing(
      perSecond,
      instants.toSorted((a, b) => a - b),
    );
    const most = Math.max(
      ...passed.map((from) => passed.filter((at) => at >= from && at < from + withinMs).length),
    );
    expect(most).toBe(calls);
  });

  it("forgets what a clock that was put back has ahead of it", () => {
    expect(passing(1, [3_600_000, 0, 500, 1_000])).toEqual([3_600_000, 0, 1_000]);
  });

  it("looks at no more than the instants of its time, however long it is asked", () => {
    const rate = new RateLimit(1_000_000);
    for (let at = 0; at < 20_000; at++) {
      rate.isReached(at);
      rate.pass(at);
    }
    expect(rate.isReached(20_000)).toBe(false);
  });
});
