import { getEventListeners } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DRIVEN } from "../../src/time/clock.ts";
import { ClockResetError } from "../../src/time/clock-reset-error.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";
import { aFewTurns } from "../support/event-loop.ts";
import { fakeRealTime } from "../support/real-time.ts";

const START = Date.parse("2024-01-01T00:00:00.000Z");
const label = () => "a test";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a sleeper who is aborted", () => {
  it("gets the reason itself", async () => {
    const controller = new AbortController();
    const reason = { not: "an Error" };
    const slept = new VirtualClock({ skips: false }).sleep("1m", controller.signal);
    controller.abort(reason);
    await expect(slept).rejects.toBe(reason);
  });

  it("gets the reason itself when it was aborted before", async () => {
    const reason = new Error("too late");
    const slept = new VirtualClock().sleep("1m", AbortSignal.abort(reason));
    await expect(slept).rejects.toBe(reason);
  });

  it("does not move time", async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const slept = clock.sleep("1m", controller.signal).catch(() => {});
    controller.abort();
    await slept;
    await aFewTurns();
    expect(clock.now()).toBe(START);
  });

  it("does not disturb the others", async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const aborted = clock.sleep("1m", controller.signal).catch(() => {});
    const other = clock.sleep("2m");
    controller.abort();
    await Promise.all([aborted, other]);
    expect(clock.now() - START).toBe(120_000);
  });

  it("leaves no listener behind", async () => {
    const controller = new AbortController();
    const slept = new VirtualClock({ skips: false }).sleep("1m", controller.signal).catch(() => {});
    const asleep = getEventListeners(controller.signal, "abort").length;
    controller.abort();
    await slept;
    expect([asleep, getEventListeners(controller.signal, "abort").length]).toEqual([1, 0]);
  });
});

it("a sleeper who wakes leaves no listener behind", async () => {
  const { signal } = new AbortController();
  await new VirtualClock().sleep("1m", signal);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

describe("reset", () => {
  it("starts time again at its beginning", async () => {
    const clock = new VirtualClock({ start: "2026-11-24T12:00:00.000Z" });
    await clock.advance("1h");
    clock.reset();
    expect(new Date(clock.now()).toISOString()).toBe("2026-11-24T12:00:00.000Z");
  });

  it("rejects everybody who sleeps with an error that says so", async () => {
    const clock = new VirtualClock({ skips: false });
    const slept = Promise.allSettled([clock.sleep("1m"), clock.sleep("2m")]);
    clock.reset();
    const error = {
      status: "rejected",
      reason: new ClockResetError("The clock was reset while somebody slept on it."),
    };
    expect(await slept).toEqual([error, error]);
  });

  it("gives its error a name to switch on", async () => {
    const clock = new VirtualClock({ skips: false });
    const slept = clock.sleep("1m");
    clock.reset();
    await expect(slept).rejects.toMatchObject({ name: "ClockResetError" });
  });

  it("leaves no listener of a sleeper behind", async () => {
    const clock = new VirtualClock({ skips: false });
    const { signal } = new AbortController();
    const slept = clock.sleep("1m", signal).catch(() => {});
    clock.reset();
    await slept;
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("drops whatever was going to fall due", async () => {
    const clock = new VirtualClock();
    const wake = vi.fn();
    clock[DRIVEN].wakeAt(START + 1_000, wake, label);
    clock.reset();
    await clock.advance("1h");
    expect(wake).not.toHaveBeenCalled();
  });

  it("lets new sleepers sleep from the beginning", async () => {
    const clock = new VirtualClock();
    await clock.advance("1h");
    clock.reset();
    await clock.sleep("1m");
    expect(clock.now() - START).toBe(60_000);
  });

  it("counts timers anew, so that what ran before it is no part of a runaway after it", async () => {
    const clock = new VirtualClock({ runawayLimit: 20 });
    const wake = vi.fn();
    for (let n = 0; n < 40; n++) {
      if (n === 20) clock.reset();
      clock[DRIVEN].wakeAt(START, wake, label);
      await clock.advance("0ms");
    }
    expect(wake).toHaveBeenCalledTimes(40);
  });

  it("frees time from work that held it", async () => {
    const clock = new VirtualClock();
    clock[DRIVEN].hold();
    clock.reset();
    await clock.sleep("1m");
    expect(clock.now() - START).toBe(60_000);
  });

  it("ends the flow of real work", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    clock[DRIVEN].flow();
    clock.reset();
    vi.advanceTimersByTime(20);
    expect(clock.now()).toBe(START);
  });

  it("keeps work from before it from letting go of what holds time after it", async () => {
    const clock = new VirtualClock();
    const releaseOld = clock[DRIVEN].hold();
    clock.reset();
    clock[DRIVEN].hold();
    releaseOld();
    void clock.sleep("1m");
    await aFewTurns();
    expect(clock.now()).toBe(START);
  });

  it("keeps real work from before it from ending the flow of work after it", () => {
    fakeRealTime();
    const clock = new VirtualClock();
    const endOld = clock[DRIVEN].flow();
    clock.reset();
    clock[DRIVEN].flow();
    endOld();
    vi.advanceTimersByTime(20);
    expect(clock.now() - START).toBe(20);
  });

  it("keeps an advance from before it from moving the new time", async () => {
    const clock = new VirtualClock();
    clock[DRIVEN].hold();
    const advanced = clock.advance("1h").catch(() => {});
    await aFewTurns(); // it is under way, and held
    clock.reset();
    await advanced;
    expect(clock.now()).toBe(START);
  });
});
