import { VirtualClock } from "ssm-run-command/fake";
import { afterEach, describe, expect, it, vi } from "vitest";
import { realTime } from "../../src/time/clock.ts";

const NOON = "2026-11-24T12:00:00.000Z";
const startOf = (clock: VirtualClock) => new Date(clock.now()).toISOString();

/** Fakes the runner's `Date`, and no timers. */
function setDate(now: string): void {
  vi.useFakeTimers({ now: Date.parse(now), toFake: ["Date"] });
}

afterEach(() => void vi.useRealTimers());

describe('a clock whose start is "now"', () => {
  it("begins at the present second", () => {
    const before = Math.floor(realTime.now() / 1_000) * 1_000;
    const clock = new VirtualClock({ start: "now" });
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    expect(clock.now()).toBeLessThanOrEqual(realTime.now());
  });

  it("begins at what a faked Date says", () => {
    setDate(NOON);
    expect(startOf(new VirtualClock({ start: "now" }))).toBe(NOON);
  });

  it.each(["2026-11-24T12:00:00.001Z", "2026-11-24T12:00:00.500Z", "2026-11-24T12:00:00.999Z"])(
    "begins at the whole second that %s lies in",
    (now) => {
      setDate(now);
      expect(startOf(new VirtualClock({ start: "now" }))).toBe(NOON);
    },
  );

  it("stands still there while the wall clock goes on", () => {
    setDate(NOON);
    const clock = new VirtualClock({ start: "now" });
    vi.setSystemTime("2026-11-24T13:00:00.000Z");
    expect(startOf(clock)).toBe(NOON);
  });

  it("moves from there when somebody sleeps", async () => {
    setDate(NOON);
    const clock = new VirtualClock({ start: "now" });
    await clock.sleep("90s");
    expect(startOf(clock)).toBe("2026-11-24T12:01:30.000Z");
  });

  it("is reset to that same instant, however late it is by then", async () => {
    setDate(NOON);
    const clock = new VirtualClock({ start: "now" });
    await clock.sleep("2h");
    vi.setSystemTime("2026-11-24T13:00:00.000Z");
    clock.reset();
    expect(startOf(clock)).toBe(NOON);
  });

  it("begins at its own present, also beside one that was made before", () => {
    setDate(NOON);
    const earlier = new VirtualClock({ start: "now" });
    vi.setSystemTime("2026-11-24T13:00:00.000Z");
    const later = new VirtualClock({ start: "now" });
    expect([startOf(earlier), startOf(later)]).toEqual([NOON, "2026-11-24T13:00:00.000Z"]);
  });
});

describe("a start that is not a date", () => {
  it.each(["Now", "today", ""])('is refused, and "now" is named: %j', (start) => {
    expect(() => new VirtualClock({ start })).toThrow(
      new RangeError(
        `VirtualClock was given the start ${JSON.stringify(start)}, which is not a date. Write it as "2024-01-01T00:00:00.000Z", or "now".`,
      ),
    );
  });
});
