import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Deadline, Deadlines } from "../../../src/fake/runtime/deadlines.ts";
import { DRIVEN, realTime } from "../../../src/time/clock.ts";
import { VirtualClock } from "../../../src/time/virtual-clock.ts";
import { ManualClock } from "../../support/manual-clock.ts";

type Command = { readonly commandId: string };

/** One type for each rank. */
const BY_RANK = ["expire", "agentDue", "makeRecords", "advance"] as const;

const command: Command = { commandId: "a" };

/** Deadlines on a clock that never wakes them, and what they ran. */
function aQueue() {
  const clock = new ManualClock();
  const ran: Deadline<Command>[] = [];
  const deadlines = new Deadlines<Command>(clock, { handle: (deadline) => ran.push(deadline) });
  const begun = clock.now();
  const due = (ms: number, rank: 0 | 1 | 2 | 3 = 0) =>
    deadlines.schedule({ type: BY_RANK[rank], at: begun + ms, command, index: -1 });
  return { clock, deadlines, due, ran };
}

describe("deadlines", () => {
  it("are left alone before they fall due", async () => {
    const { clock, deadlines, due, ran } = aQueue();
    due(1_000);
    await clock.sleep("999ms");
    deadlines.runDue();
    expect(ran).toEqual([]);
  });

  it("run when they fall due", async () => {
    const { clock, deadlines, due, ran } = aQueue();
    due(1_000);
    await clock.sleep("1s");
    deadlines.runDue();
    expect(ran).toHaveLength(1);
  });

  it("run once", async () => {
    const { deadlines, due, ran } = aQueue();
    due(0);
    deadlines.runDue();
    deadlines.runDue();
    expect(ran).toHaveLength(1);
  });

  it("run in the order of time, then of rank, then of scheduling", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3))),
        (wanted) => {
          const { clock, deadlines, due, ran } = aQueue();
          for (const [ms, rank] of wanted) due(-ms, rank);
          deadlines.runDue();
          const keys = ran.map(({ at, rank, order }) => [at - clock.now(), rank, order]);
          const sorted = wanted
            .map(([ms, rank], order) => [-ms, rank, order] as const)
            .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
          expect(keys).toEqual(sorted.map((key) => [key[0] === 0 ? 0 : key[0], key[1], key[2]]));
        },
      ),
    );
  });

  it("that one of them schedules for the same instant run in the same go", () => {
    const clock = new ManualClock();
    const ran: string[] = [];
    const deadlines: Deadlines<Command> = new Deadlines<Command>(clock, {
      handle: ({ type, at }) => {
        ran.push(type);
        if (type === "agentDue") {
          deadlines.schedule({ type: "advance", at, command, index: -1 });
        }
      },
    });
    deadlines.schedule({ type: "agentDue", at: clock.now(), command, index: 0 });
    deadlines.runDue();
    expect(ran).toEqual(["agentDue", "advance"]);
  });

  it("that fall due are not run inside of another one", () => {
    const clock = new ManualClock();
    const depths: number[] = [];
    let depth = 0;
    const deadlines: Deadlines<Command> = new Deadlines<Command>(clock, {
      handle: () => {
        depths.push(++depth);
        deadlines.runDue();
        depth--;
      },
    });
    for (const commandId of ["a", "b"]) {
      deadlines.schedule({ type: "advance", at: clock.now(), command: { commandId }, index: -1 });
    }
    deadlines.runDue();
    expect(depths).toEqual([1, 1]);
  });

  it("that were cleared do not run", () => {
    const { deadlines, due, ran } = aQueue();
    due(0);
    deadlines.clear();
    deadlines.runDue();
    expect(ran).toEqual([]);
  });
});

describe("a clock that can wake", () => {
  const schedule = (deadlines: Deadlines<Command>, at: number) =>
    deadlines.schedule({ type: "advance", at, command, index: -1 });

  it("runs each deadline at its own instant", async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const seen: number[] = [];
    const deadlines = new Deadlines<Command>(clock, {
      handle: () => seen.push(clock.now() - begun),
    });
    schedule(deadlines, begun + 2_000);
    schedule(deadlines, begun + 1_000);
    await clock.advance("1m");
    expect(seen).toEqual([1_000, 2_000]);
  });

  it("is asked for one wake-up at a time", () => {
    const cancel = vi.fn();
    const wakeAt = vi.fn((_at: number) => cancel);
    const deadlines = new Deadlines<Command>(
      { now: () => 0, sleep: async () => {}, [DRIVEN]: { wakeAt } },
      { handle: () => {} },
    );
    for (const at of [3_000, 5_000, 1_000, 4_000]) schedule(deadlines, at);
    expect([wakeAt.mock.calls.map(([at]) => at), cancel.mock.calls.length]).toEqual([
      [3_000, 1_000],
      1,
    ]);
  });

  it("gets the name of what it wakes, for the error about a runaway", () => {
    const labels: string[] = [];
    const wakeAt = (_at: number, _wake: () => void, label: () => string) => {
      labels.push(label());
      return () => {};
    };
    schedule(
      new Deadlines<Command>(
        { now: () => 0, sleep: async () => {}, [DRIVEN]: { wakeAt } },
        { handle: () => {} },
      ),
      1_000,
    );
    expect(labels).toEqual(["advance of command a"]);
  });

  it("wakes nobody after a clear", () => {
    const cancel = vi.fn();
    const clock = { now: () => 0, sleep: async () => {}, [DRIVEN]: { wakeAt: () => cancel } };
    const deadlines = new Deadlines<Command>(clock, { handle: () => {} });
    schedule(deadlines, 1_000);
    deadlines.clear();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

/** How many events a part of the work has. */
const PART = 2_000;

/**
 * Deadlines on a virtual clock, of which each takes as long as `cost` events. `left` is what may still be handled, as the
 * queue of events counts it.
 */
function costly(clock: VirtualClock, cost: number) {
  const ran: number[] = [];
  const allowed: number[] = [];
  let left = Number.POSITIVE_INFINITY;
  const deadlines = new Deadlines<Command>(clock, {
    handle: ({ index }) => {
      ran.push(index);
      left -= cost;
    },
    allow: (count) => {
      allowed.push(count);
      left = count;
    },
    isHalted: () => left <= 0,
  });
  const schedule = (count: number, at: number) => {
    for (let index = 0; index < count; index++) {
      deadlines.schedule({ type: "advance", at, command, index });
    }
  };
  return { deadlines, schedule, ran, allowed };
}

describe("deadlines that are much work", () => {
  it("run a part at a time, and say whether that was all", () => {
    const clock = new VirtualClock();
    const { deadlines, schedule, ran, allowed } = costly(clock, 500);
    schedule(7, clock.now());
    const parts = [deadlines.runSome(), ran.length, deadlines.runSome(), ran.length];
    expect([parts, allowed]).toEqual([
      [false, 4, true, 7],
      [PART, PART],
    ]);
  });

  it("run in one go when somebody needs the result at once", () => {
    const clock = new VirtualClock();
    const { deadlines, schedule, ran, allowed } = costly(clock, 500);
    schedule(7, clock.now());
    deadlines.runDue();
    expect([ran.length, allowed]).toEqual([7, [Number.POSITIVE_INFINITY]]);
  });

  it("run in the order of one go", () => {
    const clock = new VirtualClock();
    const { deadlines, schedule, ran } = costly(clock, 700);
    schedule(20, clock.now());
    while (!deadlines.runSome());
    expect(ran).toEqual([...Array(20).keys()]);
  });

  it("let other code have its turns while the clock is advanced, and hold time still", async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const { schedule, ran } = costly(clock, PART);
    schedule(10, begun + 1_000);
    schedule(1, begun + 2_000);
    const seen: (readonly [ran: number, at: number])[] = [];
    const advanced = clock.advance("1m");
    while (ran.length < 11) {
      await realTime.nextTurn();
      seen.push([ran.length, clock.now() - begun]);
    }
    await advanced;
    // A turn after each deadline, all of them at the instant at which the ten were due.
    const duringTheTen = seen.filter(([count]) => count > 0 && count < 10);
    expect(new Set(duringTheTen.map(([count]) => count)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(duringTheTen.map(([, at]) => at))).toEqual(new Set([1_000]));
  });

  it("do not go on when they are cleared between two parts", async () => {
    const clock = new VirtualClock();
    const { deadlines, schedule, ran } = costly(clock, PART);
    schedule(10, clock.now() + 1_000);
    const advanced = clock.advance("1m");
    while (ran.length < 3) await realTime.nextTurn();
    const before = ran.length;
    deadlines.clear();
    await advanced;
    expect([ran.length, clock.now()]).toEqual([before, Date.parse("2024-01-01T00:01:00.000Z")]);
  });
});
