import { afterEach, describe, expect, it, vi } from "vitest";
import { DRIVEN } from "../../src/time/clock.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";
import { aFewTurns } from "../support/event-loop.ts";
import { fakeRealTime } from "../support/real-time.ts";

const START = Date.parse("2024-01-01T00:00:00.000Z");
const label = () => "i-0abc executionExpired";

afterEach(() => void vi.useRealTimers());

describe("advance", () => {
  it("moves time by exactly that much", async () => {
    const clock = new VirtualClock();
    await clock.advance("30s");
    await clock.advance("1500ms");
    expect(clock.now() - START).toBe(31_500);
  });

  it("runs what is due on the way with now at its own due time", async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    clock[DRIVEN].wakeAt(START + 10_000, () => seen.push(clock.now() - START), label);
    clock[DRIVEN].wakeAt(START + 20_000, () => seen.push(clock.now() - START), label);
    await clock.advance("30s");
    expect(seen).toEqual([10_000, 20_000]);
  });

  it("runs what is due exactly at its end, and nothing a millisecond later", async () => {
    const clock = new VirtualClock();
    const [atTheEnd, later] = [vi.fn(), vi.fn()];
    clock[DRIVEN].wakeAt(START + 30_000, atTheEnd, label);
    clock[DRIVEN].wakeAt(START + 30_001, later, label);
    await clock.advance("30s");
    expect([atTheEnd.mock.calls.length, later.mock.calls.length]).toEqual([1, 0]);
  });

  it("runs what was scheduled on the way if it falls due on the way", async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const again = () => {
      seen.push(clock.now() - START);
      clock[DRIVEN].wakeAt(clock.now() + 10_000, again, label);
    };
    clock[DRIVEN].wakeAt(START + 10_000, again, label);
    await clock.advance("35s");
    expect(seen).toEqual([10_000, 20_000, 30_000]);
  });

  it("by no time runs what is due now", async () => {
    const clock = new VirtualClock();
    const wake = vi.fn();
    clock[DRIVEN].wakeAt(START, wake, label);
    await clock.advance("0ms");
    expect(wake).toHaveBeenCalledOnce();
  });

  it("wakes the sleepers of a clock that does not skip", async () => {
    const clock = new VirtualClock({ skips: false });
    const seen: number[] = [];
    void clock.sleep("10s").then(() => seen.push(clock.now() - START));
    await clock.advance("30s");
    expect(seen).toEqual([10_000]);
  });

  it("is over when a sleeper that it woke has slept again and was woken again", async () => {
    const clock = new VirtualClock({ skips: false });
    const seen: number[] = [];
    const polls = async () => {
      for (;;) {
        await clock.sleep("10s");
        seen.push(clock.now() - START);
      }
    };
    void polls();
    await clock.advance("30s");
    expect(seen).toEqual([10_000, 20_000, 30_000]);
  });

  it("goes step by step, with a look in between, while a sleeper of a clock that does not skip waits", async () => {
    const clock = new VirtualClock({ skips: false });
    const woken = vi.fn();
    void clock.sleep("1m").then(woken);
    await clock.advance("59999ms");
    const before = woken.mock.calls.length;
    await clock.advance("1ms");
    expect([before, woken.mock.calls.length]).toEqual([0, 1]);
  });

  it("ends at its own time though a sleeper of a clock that skips sleeps beyond it", async () => {
    const clock = new VirtualClock();
    void clock.sleep("1m");
    // Two, so that anything else that moved time would reach the sleeper before the advance reaches its end.
    clock[DRIVEN].wakeAt(START + 5_000, () => {}, label);
    clock[DRIVEN].wakeAt(START + 6_000, () => {}, label);
    await clock.advance("10s");
    expect(clock.now() - START).toBe(10_000);
  });

  it("leaves the rest to skipping when a sleeper's end lies beyond it", async () => {
    const clock = new VirtualClock();
    const slept = clock.sleep("1m");
    await clock.advance("10s");
    await slept;
    expect(clock.now() - START).toBe(60_000);
  });

  it("waits for the one before it, so that two at once move time by both", async () => {
    const clock = new VirtualClock();
    const ends: number[] = [];
    await Promise.all([
      clock.advance("10s").then(() => ends.push(clock.now() - START)),
      clock.advance("5s").then(() => ends.push(clock.now() - START)),
    ]);
    expect(ends).toEqual([10_000, 15_000]);
  });

  it("works while the runner's timers are faked", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    await clock.advance("30s");
    expect(clock.now() - START).toBe(30_000);
  });

  it("refuses to move time backwards", async () => {
    const clock = new VirtualClock();
    await expect(clock.advance("-5s")).rejects.toThrow(
      new TypeError(
        'advance is "-5s", which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".',
      ),
    );
  });

  it("goes on after one that was refused", async () => {
    const clock = new VirtualClock();
    await clock.advance("-5s").catch(() => {});
    await clock.advance("30s");
    expect(clock.now() - START).toBe(30_000);
  });

  it("rejects with what a timer threw, at the time of that timer", async () => {
    const clock = new VirtualClock();
    const trouble = new Error("trouble");
    clock[DRIVEN].wakeAt(
      START + 10_000,
      () => {
        throw trouble;
      },
      label,
    );
    await expect(clock.advance("30s")).rejects.toBe(trouble);
    expect(clock.now() - START).toBe(10_000);
  });
});

describe("a runaway", () => {
  /** A clock on which something reschedules itself for the instant at which it runs. */
  function runaway(options: { at: number; skips?: boolean }) {
    const clock = new VirtualClock({ runawayLimit: 20, skips: options.skips ?? true });
    const again = () => void clock[DRIVEN].wakeAt(clock.now(), again, label);
    clock[DRIVEN].wakeAt(START + options.at, again, label);
    return clock;
  }

  it("stops an advance with an error that names the culprit and the time", async () => {
    await expect(runaway({ at: 12_000 }).advance("5m")).rejects.toThrow(
      "Stopped after 20 timers at 00:00:12.000 without time moving on: something reschedules itself forever. Last: i-0abc executionExpired.",
    );
  });

  it("rejects everybody who sleeps with that error", async () => {
    const clock = runaway({ at: 12_000 });
    const slept = await Promise.allSettled([clock.sleep("5m"), clock.sleep("6m")]);
    const error = {
      status: "rejected",
      reason: expect.objectContaining({
        message: expect.stringContaining("i-0abc executionExpired"),
      }),
    };
    expect(slept).toEqual([error, error]);
  });

  it("names a sleeper who sleeps for no time again and again", async () => {
    const clock = new VirtualClock({ runawayLimit: 20 });
    const polls = async () => {
      for (;;) await clock.sleep("0ms");
    };
    await expect(polls()).rejects.toThrow("Last: a sleeper of 0ms.");
  });

  it("is not what many timers at many instants are", async () => {
    const clock = new VirtualClock({ runawayLimit: 20 });
    const wake = vi.fn();
    for (let ms = 1; ms <= 50; ms++) clock[DRIVEN].wakeAt(START + ms, wake, label);
    await clock.advance("1s");
    expect(wake).toHaveBeenCalledTimes(50);
  });

  it("is not what exactly as many timers at one instant as allowed are, twice", async () => {
    const clock = new VirtualClock({ runawayLimit: 20 });
    const wake = vi.fn();
    for (let n = 0; n < 40; n++) clock[DRIVEN].wakeAt(START + (n < 20 ? 1 : 2), wake, label);
    await clock.advance("1s");
    expect(wake).toHaveBeenCalledTimes(40);
  });

  it("is not what as many timers as allowed before and after an advance are", async () => {
    const clock = new VirtualClock({ runawayLimit: 20 });
    const wake = vi.fn();
    for (let n = 0; n < 20; n++) clock[DRIVEN].wakeAt(START, wake, label);
    await clock.advance("1s");
    for (let n = 0; n < 20; n++) clock[DRIVEN].wakeAt(START + 1_000, wake, label);
    await clock.advance("0ms");
    expect(wake).toHaveBeenCalledTimes(40);
  });

  it("takes ten thousand timers at one instant by default", async () => {
    const clock = new VirtualClock();
    const wake = vi.fn();
    for (let n = 0; n < 10_000; n++) clock[DRIVEN].wakeAt(START, wake, label);
    await clock.advance("0ms");
    clock[DRIVEN].wakeAt(START, wake, label);
    await expect(clock.advance("0ms")).rejects.toThrow("Stopped after 10000 timers");
  });
});

describe("a sleeper on a clock that does not skip", () => {
  it("is warned about once, with the cure, after a real second in which nobody advanced", async () => {
    fakeRealTime();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    void new VirtualClock({ skips: false }).sleep("1m");
    vi.advanceTimersByTime(999);
    const early = warn.mock.calls.length;
    vi.advanceTimersByTime(60_000);
    expect([early, warn.mock.calls]).toEqual([
      0,
      [
        [
          "Somebody sleeps on a VirtualClock that does not skip, and nobody advances it. Call `await clock.advance(…)`, or make the clock without `skips: false`.",
        ],
      ],
    ]);
  });

  it("is warned about sooner when warnAfter says so", () => {
    fakeRealTime();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    void new VirtualClock({ skips: false, warnAfter: "5ms" }).sleep("1m");
    vi.advanceTimersByTime(5);
    expect(warn).toHaveBeenCalledOnce();
  });

  it("is warned about once, however many sleep", () => {
    fakeRealTime();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const clock = new VirtualClock({ skips: false });
    for (let sleeper = 0; sleeper < 3; sleeper++) void clock.sleep("1m");
    vi.advanceTimersByTime(60_000);
    expect(warn).toHaveBeenCalledOnce();
  });

  it("is not warned about when somebody advanced meanwhile", async () => {
    fakeRealTime();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const clock = new VirtualClock({ skips: false });
    void clock.sleep("1m");
    await clock.advance("10s");
    vi.advanceTimersByTime(1_000);
    expect(warn).not.toHaveBeenCalled();
  });

  it("is not warned about once it was aborted", async () => {
    fakeRealTime();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const controller = new AbortController();
    const slept = new VirtualClock({ skips: false }).sleep("1m", controller.signal);
    controller.abort();
    await slept.catch(() => {});
    vi.advanceTimersByTime(60_000);
    expect(warn).not.toHaveBeenCalled();
  });

  it("is not warned about on a clock that skips", async () => {
    fakeRealTime();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const clock = new VirtualClock();
    const release = clock[DRIVEN].hold();
    void clock.sleep("1m");
    vi.advanceTimersByTime(60_000);
    release();
    await aFewTurns();
    expect(warn).not.toHaveBeenCalled();
  });
});
