import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  DRIVEN,
  type DrivenClock,
  realTime,
  scaledClock,
  systemClock,
} from "../../src/time/clock.ts";

const START = Date.parse("2026-11-24T12:00:00.000Z");
const label = () => "a test";
/** `wakeAt` is internal: callers see a plain Clock. */
const drivenSystemClock: DrivenClock = systemClock;

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

describe("systemClock", () => {
  it("tells the time of a Date that was replaced after it was made", () => {
    vi.setSystemTime(START + 5_000);
    expect(systemClock.now()).toBe(START + 5_000);
  });

  it("sleeps on a setTimeout that was replaced after it was made", async () => {
    const slept = systemClock.sleep("90s").then(() => systemClock.now());
    await vi.advanceTimersByTimeAsync(90_000);
    expect(await slept).toBe(START + 90_000);
  });

  it("is still asleep a millisecond before the end", async () => {
    const woken = vi.fn();
    void systemClock.sleep("90s").then(woken);
    await vi.advanceTimersByTimeAsync(89_999);
    expect(woken).not.toHaveBeenCalled();
  });

  it("sleeps for 60 days, which is more than one setTimeout can hold", async () => {
    const woken = vi.fn();
    void systemClock.sleep("60d").then(woken);
    await vi.advanceTimersByTimeAsync(60 * 86_400_000 - 1);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledOnce();
  });

  it("rejects what is not a duration, and does not throw", async () => {
    // @ts-expect-error a duration needs its unit
    await expect(systemClock.sleep("90")).rejects.toThrow('sleep is "90", which is not a duration');
  });
});

describe("a sleep on systemClock with a signal", () => {
  it("rejects with the reason itself when it is aborted", async () => {
    const controller = new AbortController();
    const reason = { not: "an Error" };
    const slept = systemClock.sleep("90s", controller.signal);
    controller.abort(reason);
    await expect(slept).rejects.toBe(reason);
  });

  it("rejects with the reason itself when it was aborted before", async () => {
    const reason = new Error("too late");
    await expect(systemClock.sleep("90s", AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("arms no timer when it was aborted before", async () => {
    await systemClock.sleep("90s", AbortSignal.abort()).catch(() => {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer behind when it is aborted", async () => {
    const controller = new AbortController();
    const slept = systemClock.sleep("90s", controller.signal).catch(() => {});
    controller.abort();
    await slept;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer behind when it is aborted in the second part of a very long sleep", async () => {
    const controller = new AbortController();
    const slept = systemClock.sleep("60d", controller.signal).catch(() => {});
    await vi.advanceTimersByTimeAsync(2 ** 31);
    controller.abort();
    await slept;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("listens while it sleeps and takes its listener away when it wakes", async () => {
    const { signal } = new AbortController();
    const slept = systemClock.sleep("90s", signal);
    const asleep = getEventListeners(signal, "abort").length;
    await vi.advanceTimersByTimeAsync(90_000);
    await slept;
    expect([asleep, getEventListeners(signal, "abort").length]).toEqual([1, 0]);
  });

  it("takes its listener away when it is aborted", async () => {
    const controller = new AbortController();
    const slept = systemClock.sleep("90s", controller.signal).catch(() => {});
    controller.abort();
    await slept;
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("never listens when it was aborted before", async () => {
    const signal = AbortSignal.abort();
    await systemClock.sleep("90s", signal).catch(() => {});
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("wakeAt of systemClock", () => {
  it("calls back at the instant and once", () => {
    const wake = vi.fn(() => systemClock.now());
    drivenSystemClock[DRIVEN]?.wakeAt(START + 1_000, wake, label);
    vi.advanceTimersByTime(10_000);
    expect(wake.mock.results).toEqual([{ type: "return", value: START + 1_000 }]);
  });

  it("calls back as soon as it can for an instant in the past, and never at once", () => {
    const wake = vi.fn();
    drivenSystemClock[DRIVEN]?.wakeAt(START - 1_000, wake, label);
    expect(wake).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(wake).toHaveBeenCalledOnce();
  });

  it("does not call back once it was taken back", () => {
    const wake = vi.fn();
    const takeBack = drivenSystemClock[DRIVEN]?.wakeAt(START + 1_000, wake, label);
    takeBack?.();
    vi.advanceTimersByTime(10_000);
    expect(wake).not.toHaveBeenCalled();
  });

  it("does not keep the process alive", () => {
    vi.useRealTimers();
    const arm = vi.spyOn(globalThis, "setTimeout");
    const takeBack = drivenSystemClock[DRIVEN]?.wakeAt(systemClock.now() + 60_000, () => {}, label);
    const timers = arm.mock.results.map(({ value }) => value.hasRef());
    takeBack?.();
    expect(timers).toEqual([false]);
  });
});

describe("scaledClock", () => {
  it("begins at the present time", () => {
    expect(scaledClock(1_000).now()).toBe(START);
  });

  it("lets an hour pass in 3.6 s with factor 1000", () => {
    const clock = scaledClock(1_000);
    vi.advanceTimersByTime(3_600);
    expect(clock.now()).toBe(START + 3_600_000);
  });

  it("sleeps an hour in 3.6 s with factor 1000", async () => {
    const clock = scaledClock(1_000);
    const slept = clock.sleep("1h").then(() => [systemClock.now(), clock.now()]);
    await vi.advanceTimersByTimeAsync(3_600);
    expect(await slept).toEqual([START + 3_600, START + 3_600_000]);
  });

  it("can be slower than the wall clock", () => {
    const clock = scaledClock(0.5);
    vi.advanceTimersByTime(2_000);
    expect(clock.now()).toBe(START + 1_000);
  });

  it("tells whole milliseconds", () => {
    const clock = scaledClock(1.3);
    vi.advanceTimersByTime(1);
    expect(clock.now()).toBe(START + 1);
  });

  it("does not wake a sleeper early when the real time is not a whole number of milliseconds", async () => {
    const clock = scaledClock(60);
    const slept = clock.sleep("1s").then(() => clock.now() - START);
    await vi.advanceTimersByTimeAsync(20);
    expect(await slept).toBeGreaterThanOrEqual(1_000);
  });

  it("does not call wakeAt back early when the real time is not a whole number of milliseconds", () => {
    const clock: DrivenClock = scaledClock(60);
    const wake = vi.fn(() => clock.now() - START);
    clock[DRIVEN]?.wakeAt(START + 1_000, wake, label);
    vi.advanceTimersByTime(20);
    expect(wake.mock.results[0]?.value).toBeGreaterThanOrEqual(1_000);
  });

  it("rejects with the reason itself when it is aborted", async () => {
    const controller = new AbortController();
    const slept = scaledClock(10).sleep("90s", controller.signal);
    controller.abort("enough");
    await expect(slept).rejects.toBe("enough");
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses the factor %d", (factor) => {
    expect(() => scaledClock(factor)).toThrow(
      new RangeError(
        `scaledClock was given ${factor}. Give it how many seconds are to pass in one real second, a number above zero.`,
      ),
    );
  });
});

describe("the next turn of the event loop", () => {
  it("comes while setTimeout and setImmediate are faked", async () => {
    await expect(realTime.nextTurn()).resolves.toBeUndefined();
  });

  it("comes after everything that is waiting for a promise", async () => {
    const seen: string[] = [];
    const turn = realTime.nextTurn().then(() => seen.push("turn"));
    void (async () => {
      for (let step = 0; step < 100; step++) await undefined;
      seen.push("promises");
    })();
    await turn;
    expect(seen).toEqual(["promises", "turn"]);
  });
});
