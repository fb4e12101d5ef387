import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INVOCATION_DETAILS } from "../../../src/domain/status.ts";
import type { CommandEvent } from "../../../src/fake/engine/command.ts";
import type { InvocationEvent } from "../../../src/fake/engine/invocation.ts";
import { BUCKETS, completedCount } from "../../../src/fake/engine/rollout.ts";
import type { Settings } from "../../../src/fake/engine/settings.ts";
import { CommandOnNodes } from "../../support/command-on-nodes.ts";
import { ALARM, aContext, commandAfter, SENT_AT } from "./a-command.ts";

const AT = SENT_AT + 8_000;

const recordsDue = { type: "recordsDue", at: AT, pending: 0 } as const;
const recordsMade = { type: "recordsMade", at: AT } as const;
const advance = { type: "advance", at: AT } as const;

/** The limits of a command of ten nodes, two at a time, one of which may fail. */
const TWO_OF_TEN = { nodes: 10, limits: { maxConcurrency: "2", maxErrors: "1" } };

/** A command that has made its records and has sent to as many nodes as it may. */
function underWay(given: Parameters<typeof aContext>[0], unusable: readonly number[] = []) {
  return new CommandOnNodes(aContext(given), unusable).happens(recordsDue, advance);
}

describe("an advance", () => {
  it("sends to one node, and asks for another advance when all that follows from it has happened", () => {
    const [, effects] = commandAfter(aContext(TWO_OF_TEN), recordsMade, advance);
    expect(effects).toEqual([
      { type: "tell", from: 0, end: 1, event: { type: "sent", at: AT } },
      { type: "advanceAgain" },
    ]);
  });

  it("sends to as many nodes as there are places", () => {
    expect(underWay(TWO_OF_TEN).sent).toEqual([0, 1]);
  });

  it("sends to no more nodes than there are", () => {
    expect(underWay({ nodes: 3 }).sent).toEqual([0, 1, 2]);
  });

  it("sends to nobody when no place is free", () => {
    expect(underWay(TWO_OF_TEN).happens(advance).sent).toEqual([0, 1]);
  });

  it("gives away the places of all that have ended, and not one more", () => {
    const command = underWay({ nodes: 10, limits: { maxConcurrency: "4" } });
    command.ends(0, "Success", AT).ends(2, "Success", AT).happens(advance);
    expect(command.sent).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("is not due any more once it was made", () => {
    expect(underWay(TWO_OF_TEN).state.isAdvanceDue).toBe(false);
  });

  it("leaves the very same command when there is nothing to do", () => {
    const command = underWay(TWO_OF_TEN);
    const before = command.state;
    expect(command.happens(advance).state).toBe(before);
  });

  it("closes the command when the last node has ended, at that instant", () => {
    const command = underWay({ nodes: 1 }).ends(0, "Success", AT + 5);
    const { stage, closedAt } = command.happens({ ...advance, at: AT + 5 }).state;
    expect([stage, closedAt]).toEqual(["closed", AT + 5]);
  });
});

// Our decision: whether a node can run a command is found out when the records are made.
describe("a node that cannot be used", () => {
  it("takes no place in the window when that is known before anything is sent", () => {
    expect(underWay(TWO_OF_TEN, [0, 2]).sent).toEqual([1, 3]);
  });

  it("takes no place in the window when the hand-over finds it out", () => {
    const command = underWay(TWO_OF_TEN);
    command.hears(1, { type: "rejected", at: AT, as: "Undeliverable" }).happens(advance);
    expect(command.sent).toEqual([0, 1, 2]);
  });

  it("spends none of MaxErrors", () => {
    const limits = { maxConcurrency: "2", maxErrors: "0" };
    expect(underWay({ nodes: 6, limits }, [0, 1, 2]).sent).toEqual([3, 4]);
  });

  it("is all there is: the command closes without being sent to anybody", () => {
    const command = underWay({ nodes: 2 }, [0, 1]);
    expect([command.state.stage, command.sent]).toEqual(["closed", []]);
  });
});

// [guide-send-multiple]
describe("more errors than MaxErrors", () => {
  const failed = { type: "moved", at: AT, from: "InProgress", to: "Failed" } as const;
  const sent = { type: "moved", at: AT, from: "Pending", to: "InProgress" } as const;
  const rollsOut = [recordsMade, advance, sent, advance, sent, advance];

  it("stop the rest, and ask for another advance", () => {
    const [, effects] = commandAfter(aContext(TWO_OF_TEN), ...rollsOut, failed, failed, advance);
    expect(effects).toEqual([
      { type: "tell", from: 2, end: Infinity, event: { type: "stopped", at: AT } },
      { type: "advanceAgain" },
    ]);
  });

  it("are noted as what stopped the command", () => {
    const [state] = commandAfter(aContext(TWO_OF_TEN), ...rollsOut, failed, failed, advance);
    expect(state.rollout.stop).toBe("budget");
  });

  it("are not found as long as the errors only reach it", () => {
    const command = underWay(TWO_OF_TEN).ends(0, "Failed", AT).happens(advance);
    expect(command.sent).toEqual([0, 1, 2]);
  });

  it("let what runs go on, and close the command when that has ended", () => {
    const limits = { maxConcurrency: "2", maxErrors: "0" };
    const command = underWay({ nodes: 4, limits }).ends(0, "Failed", AT).happens(advance);
    const { stage } = command.state;
    command.ends(1, "Success", AT).happens(advance);
    expect([stage, command.state.stage, command.details]).toEqual([
      "rollingOut",
      "closed",
      ["Failed", "Success", "Terminated", "Terminated"],
    ]);
  });
});

// Question 9 of docs/settings.md: sending grows as nodes acknowledge, and a node that does not answer has not acknowledged.
describe("a ramp that waits for acknowledgements", () => {
  it("goes on when the node answers that it waits for, before that node has ended", () => {
    const limits = { maxConcurrency: "3" };
    const command = underWay({ nodes: 10, limits, settings: { ramp: "ack" } });
    const settle = () => command.state.isAdvanceDue && command.happens(advance);
    for (const index of [0, 1, 2]) command.hears(index, { type: "agentSilent", at: AT });
    settle();
    command.hears(0, { type: "agentBack", at: AT }).ends(0, "Success", AT);
    settle();
    for (const index of [1, 2]) command.hears(index, { type: "agentBack", at: AT });
    settle();
    expect(command.sent).toEqual([0, 1, 2, 3]);
  });
});

/** What happens next: to the command, or to the node at this place. */
const acts = fc.array(
  fc.oneof(
    fc.record({
      on: fc.nat(11),
      what: fc.constantFrom<InvocationEvent>(
        { type: "agentSilent", at: AT },
        { type: "agentBack", at: AT },
        { type: "cancelAsked", at: AT },
        { type: "recalled", at: AT },
        { type: "rejected", at: AT, as: "Undeliverable" },
      ),
    }),
    fc.record({ on: fc.nat(11), what: fc.constantFrom("Success", "Failed") }),
    fc.constantFrom<CommandEvent>(
      { type: "cancelAsked", at: AT },
      { type: "cancelAsked", at: AT, instanceIds: ["i-1", "i-3"] },
      { type: "alarmRead", at: AT, state: "OK" },
      { type: "alarmRead", at: AT, state: "ALARM" },
      { type: "expired", at: AT },
    ),
  ),
  { maxLength: 40 },
);
const fleets = fc.record({
  nodes: fc.integer({ min: 1, max: 12 }),
  maxConcurrency: fc.integer({ min: 1, max: 6 }).map(String),
  maxErrors: fc.integer({ min: 0, max: 4 }).map(String),
  unusable: fc.uniqueArray(fc.nat(11), { maxLength: 4 }),
  /** What happens before the records exist. */
  early: acts.map((all) => all.slice(0, 2)),
});
const anyRules = fc.record({
  delayedHoldsSlot: fc.boolean(),
  ramp: fc.constantFrom("none", "ack", "complete"),
  terminatedAt: fc.constantFrom("stop", "close"),
});

/** Runs a random story of a command, and calls `look` after its records are made and after every act. */
function forAnyStory(
  look: (command: CommandOnNodes) => void,
  settings: fc.Arbitrary<Partial<Settings>> = fc.constant({}),
): void {
  const story = fc.property(fleets, acts, settings, (fleet, late, settings) => {
    const { nodes, unusable, early, ...limits } = fleet;
    const command = new CommandOnNodes(
      aContext({ nodes, limits, settings, alarm: ALARM }),
      unusable.filter((index) => index < nodes),
    );
    for (const act of [...early, recordsDue, ...late]) {
      if ("type" in act) command.happens(act);
      else if (typeof act.what === "string") command.ends(act.on, act.what, AT);
      else command.hears(act.on, act.what);
      if (command.state.isAdvanceDue) command.happens(advance);
      if (command.details.length > 0) look(command);
    }
  });
  fc.assert(story);
}

describe("whatever happens to a command and its nodes", () => {
  it("it keeps counters that a recount agrees with", () => {
    forAnyStory(({ details, state: { rollout } }) => {
      const recount: Record<string, number> = {};
      for (const detail of details) {
        recount[BUCKETS[detail]] = (recount[BUCKETS[detail]] ?? 0) + 1;
      }
      const ended = details.filter((detail) => INVOCATION_DETAILS[detail].terminal);
      expect(rollout).toMatchObject(recount);
      expect(completedCount(rollout)).toBe(ended.length);
    }, anyRules);
  });

  it("it is closed exactly when every node has ended", () => {
    forAnyStory(({ details, state }) => {
      const isOver = details.every((detail) => INVOCATION_DETAILS[detail].terminal);
      expect(state.stage === "closed").toBe(isOver);
    }, anyRules);
  });

  it("it has no more nodes in flight than MaxConcurrency", () => {
    forAnyStory(({ state: { rollout } }) => {
      expect(rollout.sent + rollout.delayed).toBeLessThanOrEqual(rollout.window);
    });
  });

  it("it leaves no place free that a node waits for, unless it was stopped", () => {
    forAnyStory(({ state: { rollout } }) => {
      if (rollout.stop !== undefined) return;
      const free = rollout.window - rollout.sent - rollout.delayed;
      expect(Math.min(free, rollout.pending)).toBe(0);
    });
  });

  it("it needs no further advance than those that it has asked for", () => {
    forAnyStory((command) => {
      const before = command.state;
      expect(command.happens(advance).state).toBe(before);
    }, anyRules);
  });
});
