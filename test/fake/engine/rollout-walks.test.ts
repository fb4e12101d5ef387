import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INVOCATION_DETAILS, type InvocationDetail } from "../../../src/domain/status.ts";
import { BUCKETS, completedCount, type RateLimits } from "../../../src/fake/engine/rollout.ts";
import type { Settings } from "../../../src/fake/engine/settings.ts";
import { NaiveFleet } from "../../support/naive-fleet.ts";

const OUTCOMES = [
  "Success",
  "Failed",
  "ExecutionTimedOut",
  "DeliveryTimedOut",
  "Cancelled",
  "Undeliverable",
] as const;
const percentOrNumber = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map(String),
  fc.integer({ min: 1, max: 100 }).map((n) => `${n}%`),
);
const settings = fc.record({
  percentRounding: fc.constantFrom("floor", "ceil", "round"),
  delayedHoldsSlot: fc.boolean(),
  terminatedAt: fc.constantFrom("stop", "close"),
});
const commands = fc.record({
  total: fc.integer({ min: 1, max: 25 }),
  limits: fc.record({
    maxConcurrency: percentOrNumber,
    maxErrors: fc.oneof(fc.constant("0"), percentOrNumber),
  }),
  settings,
});
/** What happens next: to the node at this place among the open ones. */
const walks = fc.array(
  fc.record({
    place: fc.nat(),
    to: fc.constantFrom<InvocationDetail>(...OUTCOMES, "Delayed", "InProgress", "Cancelling"),
  }),
  { maxLength: 60 },
);

/** Runs a random walk over a fleet, and calls `look` after every move. */
function walk(
  { total, limits, settings }: { total: number; limits: RateLimits; settings: Partial<Settings> },
  steps: readonly { place: number; to: InvocationDetail }[],
  look: (fleet: NaiveFleet) => void,
): void {
  const fleet = new NaiveFleet(total, limits, settings);
  look(fleet);
  for (const { place, to } of steps) {
    const open = fleet.those("Pending", "InProgress", "Delayed", "Cancelling");
    const index = open[place % open.length];
    if (index === undefined) return;
    // An invocation that has not been sent can only end; the others may also change to another open detail.
    const isSent = fleet.details[index] !== "Pending";
    fleet.move(index, isSent || INVOCATION_DETAILS[to].terminal ? to : "Cancelled");
    look(fleet);
  }
}

describe("any walk of any command", () => {
  it("keeps counters that a recount agrees with", () => {
    fc.assert(
      fc.property(commands, walks, (command, steps) => {
        walk(command, steps, ({ details, rollout }) => {
          const recount: Record<string, number> = {};
          for (const detail of details) {
            const bucket = BUCKETS[detail];
            recount[bucket] = (recount[bucket] ?? 0) + 1;
          }
          expect(rollout).toMatchObject(recount);
          expect(completedCount(rollout)).toBe(
            details.filter((detail) => INVOCATION_DETAILS[detail].terminal).length,
          );
        });
      }),
    );
  });

  it("never has more nodes in flight than MaxConcurrency", () => {
    fc.assert(
      fc.property(commands, walks, ({ settings, ...command }, steps) => {
        walk({ ...command, settings: { ...settings, delayedHoldsSlot: true } }, steps, (fleet) => {
          const inFlight = fleet.those("InProgress", "Delayed", "Cancelling").length;
          expect(inFlight).toBeLessThanOrEqual(fleet.rollout.window);
        });
      }),
    );
  });

  it("sends to each node at most once, in the order of dispatch", () => {
    fc.assert(
      fc.property(commands, walks, (command, steps) => {
        walk(command, steps, ({ sent }) => {
          expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
        });
      }),
    );
  });

  it("sends to nobody once there are more errors than MaxErrors", () => {
    fc.assert(
      fc.property(commands, walks, (command, steps) => {
        let sentAtTheStop: number | undefined;
        walk(command, steps, ({ sent, rollout }) => {
          if (rollout.failed > rollout.budget) sentAtTheStop ??= sent.length;
          expect(sent.length).toBe(sentAtTheStop ?? sent.length);
        });
      }),
    );
  });

  it("ends exactly once, exactly when every node has ended", () => {
    fc.assert(
      fc.property(commands, walks, (command, steps) => {
        walk(command, steps, ({ details, closes }) => {
          const isOver = details.every((detail) => INVOCATION_DETAILS[detail].terminal);
          expect(closes).toBe(isOver ? 1 : 0);
        });
      }),
    );
  });
});
