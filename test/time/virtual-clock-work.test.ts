import { afterEach, describe, expect, it, vi } from "vitest";
import { DRIVEN } from "../../src/time/clock.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";
import { aFewTurns } from "../support/event-loop.ts";
import { fakeRealTime } from "../support/real-time.ts";

const START = Date.parse("2024-01-01T00:00:00.000Z");
const label = () => "a test";

afterEach(() => void vi.useRealTimers());

describe("while work holds time", () => {
  it("a sleeper stays asleep and time stands still", async () => {
    const clock = new VirtualClock();
    const woken = vi.fn();
    clock[DRIVEN].hold();
    void clock.sleep("1m").then(woken);
    await aFewTurns();
    expect([clock.now(), woken.mock.calls]).toEqual([START, []]);
  });

  it("an advance waits, and then moves by exactly as much as was asked", async () => {
    const clock = new VirtualClock();
    const release = clock[DRIVEN].hold();
    const advanced = clock.advance("30s");
    await aFewTurns();
    const held = clock.now() - START;
    release();
    await advanced;
    expect([held, clock.now() - START]).toEqual([0, 30_000]);
  });

  it("skipping stops at the timer that began the work", async () => {
    const clock = new VirtualClock();
    clock[DRIVEN].wakeAt(START + 10_000, () => void clock[DRIVEN].hold(), label);
    void clock.sleep("1m");
    await aFewTurns();
    expect(clock.now() - START).toBe(10_000);
  });

  it("a sleeper can still be aborted", async () => {
    const clock = new VirtualClock();
    clock[DRIVEN].hold();
    const controller = new AbortController();
    const slept = clock.sleep("1m", controller.signal);
    controller.abort("enough");
    await expect(slept).rejects.toBe("enough");
  });
});

describe("when work lets go of time", () => {
  it("the sleeper wakes at his own time", async () => {
    const clock = new VirtualClock();
    const release = clock[DRIVEN].hold();
    const slept = clock.sleep("1m");
    await aFewTurns();
    release();
    await slept;
    expect(clock.now() - START).toBe(60_000);
  });

  it("time stays held by the other work", async () => {
    const clock = new VirtualClock();
    const release = clock[DRIVEN].hold();
    clock[DRIVEN].hold();
    void clock.sleep("1m");
    release();
    await aFewTurns();
    expect(clock.now()).toBe(START);
  });

  it("letting go twice counts once", async () => {
    const clock = new VirtualClock();
    const release = clock[DRIVEN].hold();
    clock[DRIVEN].hold();
    void clock.sleep("1m");
    release();
    release();
    await aFewTurns();
    expect(clock.now()).toBe(START);
  });
});

describe("while real work runs", () => {
  it("time flows with the wall clock", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    clock[DRIVEN].flow();
    vi.advanceTimersByTime(20);
    expect(clock.now() - START).toBe(20);
  });

  it("time flows on from where it was", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    await clock.advance("1h");
    clock[DRIVEN].flow();
    vi.advanceTimersByTime(20);
    expect(clock.now() - START).toBe(3_600_020);
  });

  it("nobody's sleep is skipped", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const woken = vi.fn();
    clock[DRIVEN].flow();
    void clock.sleep("1h").then(woken);
    await aFewTurns();
    await vi.advanceTimersByTimeAsync(3_599_999);
    expect(woken).not.toHaveBeenCalled();
  });

  it("a sleeper from before wakes when as much real time has passed as he still had to sleep", async () => {
    fakeRealTime();
    const clock = new VirtualClock({ skips: false });
    const seen: number[] = [];
    void clock.sleep("10s").then(() => seen.push(clock.now() - START));
    await clock.advance("4s");
    clock[DRIVEN].flow();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(seen).toEqual([10_000]);
  });

  it("what was scheduled meanwhile runs with now at its own due time", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const seen: number[] = [];
    clock[DRIVEN].flow();
    clock[DRIVEN].wakeAt(START + 30, () => seen.push(clock.now() - START), label);
    clock[DRIVEN].wakeAt(START + 10, () => seen.push(clock.now() - START), label);
    await vi.advanceTimersByTimeAsync(50);
    expect(seen).toEqual([10, 30]);
  });

  it("what was taken back does not run, and what comes after it does", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const [dropped, kept] = [vi.fn(), vi.fn()];
    clock[DRIVEN].flow();
    const takeBack = clock[DRIVEN].wakeAt(START + 10, dropped, label);
    clock[DRIVEN].wakeAt(START + 30, kept, label);
    takeBack();
    await vi.advanceTimersByTimeAsync(50);
    expect([dropped.mock.calls.length, kept.mock.calls.length]).toEqual([0, 1]);
  });

  it("a sleeper gets what a timer threw", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const trouble = new Error("trouble");
    const throws = () => {
      throw trouble;
    };
    clock[DRIVEN].flow();
    clock[DRIVEN].wakeAt(START + 10, throws, label);
    const slept = expect(clock.sleep("1m")).rejects.toBe(trouble);
    vi.advanceTimersByTime(10);
    await slept;
  });

  it("time does not pass what is due and has not run yet", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    clock[DRIVEN].wakeAt(START + 10, () => {}, label);
    clock[DRIVEN].flow();
    vi.setSystemTime(Date.now() + 50); // the wall clock has moved, its timers have not run
    expect(clock.now() - START).toBe(10);
  });

  it("an advance still moves time, and time flows on from there", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    clock[DRIVEN].flow();
    await clock.advance("1h");
    vi.advanceTimersByTime(20);
    expect(clock.now() - START).toBe(3_600_020);
  });

  it("a sleeper of twenty milliseconds sleeps as long in real time", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const end = clock[DRIVEN].flow();
    const woken = vi.fn();
    const slept = clock.sleep("20ms").then(woken);
    await vi.advanceTimersByTimeAsync(19);
    const early = woken.mock.calls.length;
    await vi.advanceTimersByTimeAsync(1);
    await slept;
    end();
    expect([early, woken.mock.calls.length]).toEqual([0, 1]);
  });
});

describe("when real work has ended", () => {
  it("time stands where it had come to", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const end = clock[DRIVEN].flow();
    vi.advanceTimersByTime(20);
    end();
    vi.advanceTimersByTime(1_000);
    expect(clock.now() - START).toBe(20);
  });

  it("skipping resumes and the sleeper wakes at his own time", async () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const end = clock[DRIVEN].flow();
    const slept = clock.sleep("2h");
    vi.advanceTimersByTime(20);
    end();
    await slept;
    expect(clock.now() - START).toBe(7_200_000);
  });

  it("time flows on for the other work", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const end = clock[DRIVEN].flow();
    clock[DRIVEN].flow();
    end();
    vi.advanceTimersByTime(20);
    expect(clock.now() - START).toBe(20);
  });

  it("ending twice counts once", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const end = clock[DRIVEN].flow();
    clock[DRIVEN].flow();
    end();
    end();
    vi.advanceTimersByTime(20);
    expect(clock.now() - START).toBe(20);
  });

  it("no real timer is left, though somebody still sleeps", () => {
    fakeRealTime();
    const clock = new VirtualClock({ skips: false, warnAfter: "1ms" });
    vi.spyOn(console, "warn").mockReturnValue();
    const end = clock[DRIVEN].flow();
    void clock.sleep("2h");
    vi.advanceTimersByTime(20);
    end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
