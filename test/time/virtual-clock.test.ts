import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DRIVEN } from "../../src/time/clock.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";
import { aFewTurns } from "../support/event-loop.ts";

const START = Date.parse("2024-01-01T00:00:00.000Z");
const label = () => "a test";

/** Notes who came at what time, counted from the clock's beginning. */
function logOf(clock: VirtualClock) {
  const lines: string[] = [];
  return { lines, note: (who: string) => void lines.push(`${who} ${clock.now() - START}`) };
}

afterEach(() => void vi.useRealTimers());

describe("the beginning", () => {
  it("is the same fixed instant for every clock", () => {
    expect(new Date(new VirtualClock().now()).toISOString()).toBe("2024-01-01T00:00:00.000Z");
  });

  it("is the start that was given", () => {
    const clock = new VirtualClock({ start: "2026-11-24T12:00:00.007Z" });
    expect(new Date(clock.now()).toISOString()).toBe("2026-11-24T12:00:00.007Z");
  });

  it("has to be a date", () => {
    expect(() => new VirtualClock({ start: "noon" })).toThrow(
      new RangeError(
        'VirtualClock was given the start "noon", which is not a date. Write it as "2024-01-01T00:00:00.000Z", or "now".',
      ),
    );
  });
});

describe("somebody who sleeps", () => {
  it("sleeps for thirty days while no real timer runs", async () => {
    vi.useFakeTimers(); // nobody advances them: a timer that was needed would never fire
    const clock = new VirtualClock();
    await clock.sleep("30d");
    expect([clock.now() - START, vi.getTimerCount()]).toEqual([2_592_000_000, 0]);
  });

  it("wakes at the right time, the one who sleeps shorter first", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    await Promise.all([
      clock.sleep("2h").then(() => note("long")),
      clock.sleep("5s").then(() => note("short")),
    ]);
    expect(lines).toEqual(["short 5000", "long 7200000"]);
  });

  it("wakes after the one who lay down before, when both are due at one instant", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    await Promise.all([
      clock.sleep("5s").then(() => note("first")),
      clock.sleep("5s").then(() => note("second")),
    ]);
    expect(lines).toEqual(["first 5000", "second 5000"]);
  });

  it("makes his next calls before time moves on", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    const polls = async () => {
      for (let poll = 0; poll < 3; poll++) {
        await clock.sleep("1s");
        note("poll");
      }
    };
    await Promise.all([polls(), clock.sleep("2500ms").then(() => note("other"))]);
    expect(lines).toEqual(["poll 1000", "poll 2000", "other 2500", "poll 3000"]);
  });

  it("sleeps over whatever falls due meanwhile, each at its own instant", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    clock[DRIVEN].wakeAt(START + 30_000, () => note("second"), label);
    clock[DRIVEN].wakeAt(START + 10_000, () => note("first"), label);
    await clock.sleep("1m");
    expect(lines).toEqual(["first 10000", "second 30000"]);
  });

  it("moves time to his own end and no further", async () => {
    const clock = new VirtualClock();
    const later = vi.fn();
    clock[DRIVEN].wakeAt(START + 60_001, later, label);
    await clock.sleep("1m");
    await aFewTurns();
    expect([clock.now() - START, later.mock.calls]).toEqual([60_000, []]);
  });

  it("wakes without time moving when he sleeps for no time", async () => {
    const clock = new VirtualClock();
    await clock.sleep("0ms");
    expect(clock.now()).toBe(START);
  });

  it("is rejected, and does not throw, when the duration has no unit", async () => {
    const clock = new VirtualClock();
    // @ts-expect-error a duration needs its unit
    await expect(clock.sleep("90")).rejects.toThrow('sleep is "90", which is not a duration');
  });

  it("stays asleep on a clock that does not skip", async () => {
    const clock = new VirtualClock({ skips: false });
    const woken = vi.fn();
    void clock.sleep("1s").then(woken);
    await aFewTurns();
    expect([clock.now(), woken.mock.calls]).toEqual([START, []]);
  });

  it("gets what a timer threw, because it is nobody else's to hear", async () => {
    const clock = new VirtualClock();
    const trouble = new Error("trouble");
    const throws = () => {
      throw trouble;
    };
    clock[DRIVEN].wakeAt(START + 10_000, throws, label);
    await expect(clock.sleep("1m")).rejects.toBe(trouble);
  });

  it("wakes while the runner's timers are faked", async () => {
    vi.useFakeTimers();
    const clock = new VirtualClock();
    await clock.sleep("2h");
    expect(clock.now() - START).toBe(7_200_000);
  });
});

describe("while nobody sleeps", () => {
  it("time stands still, whatever is due", async () => {
    const clock = new VirtualClock();
    const wake = vi.fn();
    clock[DRIVEN].wakeAt(START + 1_000, wake, label);
    await aFewTurns();
    expect([clock.now(), wake.mock.calls]).toEqual([START, []]);
  });

  it("time stands still again after the last sleeper woke", async () => {
    const clock = new VirtualClock();
    await clock.sleep("1s");
    const wake = vi.fn();
    clock[DRIVEN].wakeAt(clock.now(), wake, label);
    await aFewTurns();
    expect(wake).not.toHaveBeenCalled();
  });
});

describe("what falls due at an instant", () => {
  it("runs at once after now when that instant has passed, and time does not go back for it", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    await clock.advance("10s");
    clock[DRIVEN].wakeAt(START + 1_000, () => note("late"), label);
    await clock.advance("10s");
    expect(lines).toEqual(["late 10000"]);
  });

  it("counts as now when it has passed, so that it runs after what was scheduled for now before", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    await clock.advance("10s");
    clock[DRIVEN].wakeAt(START + 10_000, () => note("now"), label);
    clock[DRIVEN].wakeAt(START + 1_000, () => note("past"), label);
    await clock.advance("0ms");
    expect(lines).toEqual(["now 10000", "past 10000"]);
  });

  it("does not run once it was taken back", async () => {
    const clock = new VirtualClock();
    const wake = vi.fn();
    const takeBack = clock[DRIVEN].wakeAt(START + 1_000, wake, label);
    takeBack();
    await clock.advance("10s");
    expect(wake).not.toHaveBeenCalled();
  });

  it("can be taken back by what runs before it at the same instant", async () => {
    const clock = new VirtualClock();
    const wake = vi.fn();
    clock[DRIVEN].wakeAt(START + 1_000, () => takeBack(), label);
    const takeBack = clock[DRIVEN].wakeAt(START + 1_000, wake, label);
    await clock.advance("10s");
    expect(wake).not.toHaveBeenCalled();
  });

  it("runs in the order of scheduling, before a later instant that was scheduled first", async () => {
    const clock = new VirtualClock();
    const { lines, note } = logOf(clock);
    clock[DRIVEN].wakeAt(START + 2_000, () => note("later"), label);
    for (const who of ["a", "b", "c"]) clock[DRIVEN].wakeAt(START + 1_000, () => note(who), label);
    await clock.advance("2s");
    expect(lines).toEqual(["a 1000", "b 1000", "c 1000", "later 2000"]);
  });
});

/** Few different lengths, so that ties are common. */
const lengths = fc.array(fc.nat({ max: 5 }), { maxLength: 15 });

describe("any schedule", () => {
  it("wakes its sleepers sorted by due time, then by order of lying down, each at his own time", async () => {
    await fc.assert(
      fc.asyncProperty(lengths, async (schedule) => {
        const clock = new VirtualClock();
        const { lines, note } = logOf(clock);
        await Promise.all(
          schedule.map((ms, order) => clock.sleep(`${ms}ms`).then(() => note(`#${order} at`))),
        );
        const sorted = schedule.map((at, order) => ({ at, order }));
        sorted.sort((a, b) => a.at - b.at || a.order - b.order);
        expect(lines).toEqual(sorted.map(({ at, order }) => `#${order} at ${at}`));
      }),
    );
  });

  it("never sees time run backwards, however sleeps and advances are mixed", async () => {
    const action = fc.record({ verb: fc.constantFrom("sleep", "advance"), ms: fc.nat({ max: 5 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 15 }),
        fc.boolean(),
        async (actions, skips) => {
          const clock = new VirtualClock({ skips });
          const seen = [clock.now()];
          const look = () => void seen.push(clock.now());
          const all = actions.map(({ verb, ms }) =>
            (verb === "sleep" ? clock.sleep(`${ms}ms`) : clock.advance(`${ms}ms`)).then(look),
          );
          await clock.advance("1s"); // sleepers on a clock that does not skip wake in here
          await Promise.all(all);
          expect(seen).toEqual(seen.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});
