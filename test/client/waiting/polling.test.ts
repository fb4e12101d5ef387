import { describe, expect, it } from "vitest";
import { type PatienceOptions, patience } from "../../../src/client/waiting/polling.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { stopwatch } from "../../../src/time/stopwatch.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { sdkError } from "../../support/scripted-api.ts";

const throttled = sdkError("ThrottlingException");
const reason = { why: "the caller has had enough" };
const everySecond = () => 1_000;

/** Ten seconds of patience, on a clock of its own. */
function patient(options: Partial<PatienceOptions> = {}, on?: Clock) {
  const clock = new ManualClock();
  const watch = stopwatch(on ?? clock);
  return {
    clock,
    ...patience({ watch, deadline: () => 10_000, ...options }),
  };
}

/** A call that is throttled that many times before it gets through. */
function troubled(times: number) {
  let calls = 0;
  return async () => {
    if (calls++ < times) throw throttled;
    return calls;
  };
}

describe("a call", () => {
  it("is made again after each trouble that passes", async () => {
    const { persist, clock } = patient();
    expect(await persist(troubled(3), everySecond)).toBe(4);
    expect(clock.sleeps).toEqual([1_000, 1_000, 1_000]);
  });

  it("that is refused for good is not made again", async () => {
    const { persist, clock } = patient();
    const denied = sdkError("AccessDeniedException");
    await expect(persist(() => Promise.reject(denied), everySecond)).rejects.toBe(denied);
    expect(clock.sleeps).toEqual([]);
  });

  it("is made a last time at the deadline, and the caller decides what is thrown then", async () => {
    const { persist, clock } = patient({ giveUp: async (trouble) => ({ trouble }) });
    await expect(persist(troubled(99), () => 4_000)).rejects.toEqual({ trouble: throttled });
    expect(clock.sleeps).toEqual([4_000, 4_000, 2_000]);
  });

  it("gets the signal that ends the waiting", async () => {
    const { signal } = new AbortController();
    const { persist } = patient({ signal });
    expect(await persist(async (options) => options?.abortSignal, everySecond)).toBe(signal);
  });

  it("that is made once is not made again", async () => {
    const { signal } = new AbortController();
    const { once, clock } = patient({ signal });
    await expect(once(troubled(1))).rejects.toBe(throttled);
    expect(await once(async (options) => options?.abortSignal)).toBe(signal);
    expect(clock.sleeps).toEqual([]);
  });

  it("gets no signal that ends a pause only", async () => {
    const { persist } = patient({ signal: AbortSignal.abort(reason), onAbort: async () => {} });
    expect(await persist(async (options) => options, everySecond)).toBeUndefined();
  });

  it.each([
    ["answers", async (abort: () => void) => abort()],
    ["throws", (abort: () => void) => Promise.reject(abort() ?? sdkError("AbortError"))],
  ])("that %s after an abort rejects with the caller's reason", async (_, call) => {
    const aborting = new AbortController();
    const { persist } = patient({ signal: aborting.signal });
    const asking = persist(() => call(() => aborting.abort(reason)), everySecond);
    await expect(asking).rejects.toBe(reason);
  });
});

describe("a pause", () => {
  it("ends with the deadline, in whole milliseconds", async () => {
    const { clock, pause, timeLeft } = patient({ deadline: () => 1_500.5 });
    await pause(60_000);
    expect(clock.sleeps).toEqual([1_501]);
    expect(timeLeft()).toBeLessThanOrEqual(0);
  });

  it("behind the deadline takes no time", async () => {
    const { pause, clock } = patient({ deadline: () => 0 });
    await pause(1_000);
    expect(clock.sleeps).toEqual([0]);
  });

  it("rejects with the caller's reason when it is aborted", async () => {
    const { pause, clock } = patient({ signal: AbortSignal.abort(reason) });
    await expect(pause(1_000)).rejects.toBe(reason);
    expect(clock.elapsed()).toBe(0);
  });

  it("that an abort only ends is followed by what was asked for instead", async () => {
    const aborting = new AbortController();
    let heard = 0;
    const { pause, clock } = patient({
      signal: aborting.signal,
      onAbort: async () => {
        heard++;
      },
    });
    clock.at("3s", () => aborting.abort(reason));
    await pause(5_000);
    expect([clock.elapsed(), heard]).toEqual([3_000, 1]);
  });

  it("after such an abort lasts its time", async () => {
    const { pause, clock } = patient({
      signal: AbortSignal.abort(reason),
      onAbort: async () => {},
    });
    await pause(5_000);
    expect(clock.elapsed()).toBe(5_000);
  });

  it("rejects when the clock does, for a reason of its own", async () => {
    const stopped = new Error("The clock was reset.");
    const clock = { now: () => 0, sleep: () => Promise.reject(stopped) };
    const { signal } = new AbortController();
    const { pause } = patient({ signal, onAbort: async () => {} }, clock);
    await expect(pause(1_000)).rejects.toBe(stopped);
  });
});
