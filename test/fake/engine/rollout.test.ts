import { describe, expect, it } from "vitest";
import type { InvocationDetail } from "../../../src/domain/status.ts";
import {
  BUCKETS,
  completedCount,
  moved,
  nextRollout,
  startRollout,
} from "../../../src/fake/engine/rollout.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/fake/engine/settings.ts";
import { NaiveFleet } from "../../support/naive-fleet.ts";

// [guide-send-multiple], unless something else is named.

const fails = (): InvocationDetail => "Failed";
const succeeds = (): InvocationDetail => "Success";

describe("MaxErrors", () => {
  it("is spent by Failed and ExecutionTimedOut only", () => {
    const spending = Object.entries(BUCKETS)
      .filter(([, bucket]) => bucket === "failed")
      .map(([detail]) => detail);
    expect(spending).toEqual(["Failed", "ExecutionTimedOut"]);
  });

  it.each([
    { maxErrors: "0", total: 10, at: 1 },
    { maxErrors: "3", total: 10, at: 4 },
    { maxErrors: "10%", total: 50, at: 6 },
    { maxErrors: "0%", total: 50, at: 1 },
  ])(
    "$maxErrors of $total nodes, one at a time, stops sending at error $at",
    ({ maxErrors, total, at }) => {
      const fleet = new NaiveFleet(total, { maxConcurrency: "1", maxErrors }).endAll(fails);
      expect([fleet.rollout.failed, fleet.rollout.terminated]).toEqual([at, total - at]);
    },
  );

  it.each(["100%", "10"])("%s of 10 nodes never stops sending", (maxErrors) => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "1", maxErrors }).endAll(fails);
    expect([fleet.rollout.failed, fleet.rollout.terminated]).toEqual([10, 0]);
  });

  it("lets what is running go on to its end, so that there may be more errors than one too many", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "5" }).endAll(fails);
    expect([fleet.rollout.failed, fleet.rollout.terminated]).toEqual([5, 5]);
  });

  it("terminates the rest at once, while others still run", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "5" });
    fleet.move(0, "Failed");
    expect([fleet.rollout.terminated, fleet.rollout.sent]).toEqual([5, 4]);
  });

  it("terminates the rest when the last one has ended, with terminatedAt close", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "5" }, { terminatedAt: "close" });
    fleet.move(0, "Failed");
    const early = fleet.rollout.terminated;
    fleet.endAll(succeeds);
    expect([early, fleet.rollout.terminated]).toEqual([0, 5]);
  });

  it.each(["Failed", "ExecutionTimedOut"] as const)("is spent by %s", (detail) => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "1" }).endAll(() => detail);
    expect(fleet.sent).toHaveLength(1);
  });

  it.each([
    "Success",
    "DeliveryTimedOut",
    "Cancelled",
    "Undeliverable",
    "InvalidPlatform",
    "AccessDenied",
  ] as const)("is not spent by %s", (detail) => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "1" }).endAll(() => detail);
    expect(fleet.sent).toHaveLength(10);
  });

  it("does not replace the alarm as the reason to stop", () => {
    const fleet = new NaiveFleet(2, { maxConcurrency: "2" });
    fleet.rollout = { ...fleet.rollout, stop: "alarm" };
    fleet.move(0, "Failed");
    expect(fleet.rollout.stop).toBe("alarm");
  });
});

describe("a percentage", () => {
  const limitsOf = (total: number, limit: string, percentRounding: Settings["percentRounding"]) => {
    const limits = { maxConcurrency: limit, maxErrors: limit };
    const { window, budget } = startRollout(total, limits, { percentRounding });
    return [window, budget];
  };

  it("of a number that it divides is exact", () => {
    expect(limitsOf(50, "10%", "floor")).toEqual([5, 5]);
  });

  // How AWS rounds is question 8 of docs/settings.md.
  it.each([
    ["floor", 2],
    ["ceil", 3],
    ["round", 3],
  ] as const)("of 10 nodes, 25%%, comes with %s to %i", (rounding, nodes) => {
    expect(limitsOf(10, "25%", rounding)).toEqual([nodes, nodes]);
  });

  it("of less than one node allows no error, and one node at a time", () => {
    expect(limitsOf(3, "10%", "floor")).toEqual([1, 0]);
  });

  it("of a hundred is all of them", () => {
    expect(limitsOf(7, "100%", "floor")).toEqual([7, 7]);
  });

  it("is not what a bare number is", () => {
    expect(limitsOf(50, "10", "floor")).toEqual([10, 10]);
  });
});

describe("MaxConcurrency", () => {
  it("sends to as many nodes at once, in the order of dispatch", () => {
    expect(new NaiveFleet(10, { maxConcurrency: "3" }).sent).toEqual([0, 1, 2]);
  });

  it("sends to all of them when it is more than there are", () => {
    expect(new NaiveFleet(3).sent).toEqual([0, 1, 2]);
  });

  // The next one started 0.28 s after the one before had ended [rec-2026-10-01-alarms].
  it("refills a place as soon as one node has ended, though others go on", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "3" });
    fleet.move(1, "Success");
    expect(fleet.sent).toEqual([0, 1, 2, 3]);
  });

  it("counts a node that does not answer", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "3" });
    fleet.move(0, "Delayed");
    expect(fleet.sent).toHaveLength(3);
  });

  it("does not count a node that does not answer, with delayedHoldsSlot false", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "3" }, { delayedHoldsSlot: false });
    fleet.move(0, "Delayed");
    expect(fleet.sent).toHaveLength(4);
  });

  it("counts a node that is being cancelled", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "3" });
    fleet.move(0, "Cancelling");
    expect(fleet.sent).toHaveLength(3);
  });

  it("gives the place of an undeliverable node away at once", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "1" });
    fleet.move(0, "Undeliverable");
    expect(fleet.sent).toEqual([0, 1]);
  });

  it("does not count nodes that were over before their turn", () => {
    const fleet = new NaiveFleet(10, { maxConcurrency: "1" });
    fleet.move(1, "Cancelled");
    fleet.move(2, "InvalidPlatform");
    fleet.move(0, "Success");
    expect(fleet.sent).toEqual([0, 3]);
  });
});

describe("the end of a rollout", () => {
  it("comes once, when the last node has ended", () => {
    expect(new NaiveFleet(10, { maxConcurrency: "3" }).endAll(succeeds).closes).toBe(1);
  });

  it("does not come while a node is in flight", () => {
    const fleet = new NaiveFleet(2);
    fleet.move(0, "Success");
    expect(fleet.closes).toBe(0);
  });

  it("does not come while a node does not answer", () => {
    const fleet = new NaiveFleet(1);
    fleet.move(0, "Delayed");
    expect(fleet.closes).toBe(0);
  });

  it("comes at once for a command without nodes", () => {
    expect(new NaiveFleet(0).closes).toBe(1);
  });

  it("comes when all nodes were cancelled before their turn but one, and that one has ended", () => {
    const fleet = new NaiveFleet(5, { maxConcurrency: "1" });
    for (const index of [1, 2, 3, 4]) fleet.move(index, "Cancelled");
    fleet.move(0, "Cancelled");
    expect([fleet.sent, fleet.closes]).toEqual([[0], 1]);
  });

  it("leaves the very same record, which asks for nothing more", () => {
    const { rollout } = new NaiveFleet(1).endAll(succeeds);
    expect(nextRollout(rollout, DEFAULT_SETTINGS)).toEqual([rollout, undefined]);
    expect(nextRollout(rollout, DEFAULT_SETTINGS)[0]).toBe(rollout);
  });
});

describe("the counters", () => {
  it("are the very same record when a move changes none of them", () => {
    const { rollout } = new NaiveFleet(1);
    expect(moved(rollout, { from: "InProgress", to: "Cancelling" })).toBe(rollout);
  });

  it("give as completed what has ended, whatever way", () => {
    const ways = ["Success", "Failed", "Undeliverable", "DeliveryTimedOut", "Cancelled"] as const;
    const fleet = new NaiveFleet(8, { maxErrors: "100%" });
    for (const [index, way] of ways.entries()) fleet.move(index, way);
    expect(completedCount(fleet.rollout)).toBe(5);
  });
});
