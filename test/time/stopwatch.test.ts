import { afterEach, describe, expect, it, vi } from "vitest";
import { scaledClock, systemClock } from "../../src/time/clock.ts";
import { stopwatch } from "../../src/time/stopwatch.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";
import { ManualClock } from "../support/manual-clock.ts";

afterEach(() => void vi.useRealTimers());

/** What fake timers replace, with and without the steady source of time. */
const FAKED = [
  ["all of the runner's fake timers", undefined],
  ["fake timers that leave `performance` alone", ["setTimeout", "clearTimeout", "Date"]],
] as const;

describe.each(FAKED)("on the wall clock under %s", (_, toFake) => {
  const fakeTimers = () => void vi.useFakeTimers(toFake && { toFake: [...toFake] });

  it.each([
    ["the system's", () => systemClock, 60_000],
    ["one that runs ten times as fast", () => scaledClock(10), 6_000],
  ])("of %s, a sleep counts what it was asked to be", async (_, clock, real) => {
    fakeTimers();
    const watch = stopwatch(clock());
    const sleep = watch.sleep(60_000);
    await vi.advanceTimersByTimeAsync(real);
    await sleep;
    expect(Math.abs(watch.elapsed() - 60_000)).toBeLessThan(1_000);
  });

  it.each([
    ["forward", 3 * 3_600_000],
    ["back", -24 * 3_600_000],
  ])("no jump %s of the date counts", async (_, jump) => {
    fakeTimers();
    const watch = stopwatch(systemClock);
    const sleep = watch.sleep(60_000);
    vi.setSystemTime(Date.now() + jump);
    await vi.advanceTimersByTimeAsync(60_000);
    await sleep;
    vi.setSystemTime(Date.now() + jump);
    expect(Math.abs(watch.elapsed() - 60_000)).toBeLessThan(1_000);
  });
});

it("counts what passes on a virtual clock", async () => {
  const clock = new VirtualClock();
  const watch = stopwatch(clock);
  await clock.sleep("90s");
  await watch.sleep(500);
  expect(watch.elapsed()).toBe(90_500);
});

it("never runs backwards on a clock of the caller that does", () => {
  let now = 1_000;
  const watch = stopwatch({ now: () => now, sleep: async () => {} });
  now = 5_000;
  expect(watch.elapsed()).toBe(4_000);
  now = 2_000;
  expect(watch.elapsed()).toBe(4_000);
  now = 3_000;
  expect(watch.elapsed()).toBe(5_000);
});

it("lets out what a sleep rejects with, and counts only what has passed", async () => {
  const clock = new ManualClock();
  const watch = stopwatch(clock);
  await expect(watch.sleep(1_000, AbortSignal.abort("enough"))).rejects.toBe("enough");
  expect(watch.elapsed()).toBe(0);
});
