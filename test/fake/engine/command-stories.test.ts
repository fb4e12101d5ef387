import { describe, expect, it } from "vitest";
import type { InvocationDetail } from "../../../src/domain/status.ts";
import type { CommandEvent } from "../../../src/fake/engine/command.ts";
import { rollUpInvocations } from "../../../src/fake/engine/roll-up.ts";
import { CommandOnNodes } from "../../support/command-on-nodes.ts";
import { ALARM, aContext, commandAfter, EXPIRES_AT, LATENCY, SENT_AT } from "./a-command.ts";

// In these stories the records are made one second after the command was sent.
const MADE_AT = SENT_AT + LATENCY.visibilityDelay;
const LATER = SENT_AT + 8_000;

const recordsDue = { type: "recordsDue", at: MADE_AT, pending: 0 } as const;
const recordsMade = { type: "recordsMade", at: MADE_AT } as const;
const cancelEarly = { type: "cancelAsked", at: SENT_AT } as const;
const cancelAsked = { type: "cancelAsked", at: LATER } as const;
const advance = { type: "advance", at: LATER } as const;

function targetsKnown(count: number): CommandEvent {
  return { type: "targetsKnown", at: SENT_AT + LATENCY.targetExpansionDelay, count };
}

function alarmRead(state: "OK" | "ALARM" | "UNKNOWN", at = LATER): CommandEvent {
  return { type: "alarmRead", at, state };
}

function moved(from: InvocationDetail, to: InvocationDetail): CommandEvent {
  return { type: "moved", at: LATER, from, to };
}

/** The `Status` and `StatusDetails` of a command after these events. */
function standingAfter(context = aContext(), ...events: readonly CommandEvent[]) {
  const { rollout } = new CommandOnNodes(context).happens(...events).state;
  const { status, details } = rollUpInvocations(rollout, context.settings);
  return `${status}/${details}`;
}

const BY_TARGETS = { nodes: undefined };
const REJECTED = [
  // Tags that no node has: [rec-2026-09-27-managed-execution].
  {
    by: "no target",
    given: BY_TARGETS,
    events: [targetsKnown(0), recordsDue],
    is: "Success/NoInstancesInTag",
  },
  {
    by: "a group that may not be listed",
    given: BY_TARGETS,
    events: [{ type: "groupDenied", at: LATER }, recordsDue],
    is: "Failed/AccessDenied",
  },
  {
    by: "more pending invocations than the quota",
    given: { nodes: 3, settings: { pendingInvocationQuota: 9 } },
    events: [{ ...recordsDue, pending: 7 }],
    is: "Failed/LimitExceeded",
  },
] as const;

describe.each(REJECTED)("a command that is rejected by $by", ({ given, events, is }) => {
  it("asks for an advance, and for nothing else", () => {
    const [{ isAdvanceDue }, effects] = commandAfter(aContext(given), ...events);
    expect([isAdvanceDue, effects]).toEqual([true, []]);
  });

  it("is closed by it without invocations", () => {
    const command = new CommandOnNodes(aContext(given)).happens(...events, advance);
    const { stage, rollout, closedAt } = command.state;
    expect([stage, rollout.total, closedAt, command.details]).toEqual(["closed", 0, LATER, []]);
  });

  it("stands as AWS says", () => {
    expect(standingAfter(aContext(given), ...events, advance)).toBe(is);
  });

  it("stands so whatever came before", () => {
    const context = aContext({ ...given, alarm: ALARM });
    const early = [cancelEarly, alarmRead("ALARM", SENT_AT)];
    expect(standingAfter(context, ...early, ...events, advance)).toBe(is);
  });
});

describe("a command that will have no invocations", () => {
  it.each([
    ["no target", targetsKnown(0)],
    ["a group that may not be listed", { type: "groupDenied", at: SENT_AT } as const],
  ])("because of %s stays Pending until records of tags would be made", (_, event) => {
    const [{ rollout }, effects] = commandAfter(aContext(BY_TARGETS), event);
    const at = SENT_AT + LATENCY.targetExpansionDelay + LATENCY.visibilityDelay;
    expect(effects).toEqual([{ type: "schedule", deadline: "makeRecords", at }]);
    expect(rollUpInvocations(rollout, aContext().settings).status).toBe("Pending");
  });

  it("stays so although its targets list ids, which are known sooner", () => {
    const at = SENT_AT + LATENCY.idExpansionDelay;
    const context = aContext({ ...BY_TARGETS, hasTargetsOfIds: true });
    const [, effects] = commandAfter(context, { type: "targetsKnown", at, count: 0 });
    const due = SENT_AT + LATENCY.targetExpansionDelay + LATENCY.visibilityDelay;
    expect(effects).toEqual([{ type: "schedule", deadline: "makeRecords", at: due }]);
  });
});

describe("the quota of pending invocations", () => {
  it("is not exceeded by a command that fits exactly", () => {
    const context = aContext({ nodes: 3, settings: { pendingInvocationQuota: 10 } });
    const [, effects] = commandAfter(context, { ...recordsDue, pending: 7 });
    expect(effects).toEqual([{ type: "makeRecords" }]);
  });

  it("does not exist by default", () => {
    const [, effects] = commandAfter(aContext(), { ...recordsDue, pending: 1_000_000 });
    expect(effects).toEqual([{ type: "makeRecords" }]);
  });
});

const ALL = { from: 0, end: Infinity };

describe("what comes before the records exist", () => {
  it("as a cancel reaches every node when they do", () => {
    const [, effects] = commandAfter(aContext(), cancelEarly, recordsMade);
    const event = { type: "cancelAsked", at: MADE_AT };
    expect(effects).toEqual([{ type: "tell", ...ALL, event }]);
  });

  it("as a cancel ends all of them, and the command", () => {
    const events = [cancelEarly, recordsDue, advance];
    expect(standingAfter(aContext(), ...events)).toBe("Cancelled/Cancelled");
  });

  it("as a cancel outlasts the expansion of targets", () => {
    const [, effects] = commandAfter(
      aContext(BY_TARGETS),
      cancelEarly,
      targetsKnown(2),
      recordsMade,
    );
    expect(effects).toMatchObject([{ type: "tell", event: { type: "cancelAsked" } }]);
  });

  it("as an alarm outlasts the expansion of targets", () => {
    const context = aContext({ ...BY_TARGETS, alarm: ALARM });
    const events = [alarmRead("ALARM", SENT_AT), targetsKnown(2), recordsMade];
    const [, effects] = commandAfter(context, ...events);
    expect(effects).toEqual([{ type: "tell", ...ALL, event: { type: "alarmed", at: MADE_AT } }]);
  });

  it("as an alarm ends all of them, and the command", () => {
    const events = [alarmRead("ALARM", SENT_AT), recordsDue, advance];
    const standing = standingAfter(aContext({ alarm: ALARM }), ...events);
    expect(standing).toBe("Failed/FailedDueToAlarm");
  });

  it("as the expiry reaches every node when they do", () => {
    const at = EXPIRES_AT + LATENCY.expirySweepLag;
    const [, effects] = commandAfter(aContext(), { ...recordsMade, at });
    expect(effects).toEqual([{ type: "tell", ...ALL, event: { type: "expired", at } }]);
  });

  it("is no expiry as long as the service has not looked for one", () => {
    const at = EXPIRES_AT + LATENCY.expirySweepLag - 1;
    expect(commandAfter(aContext(), { ...recordsMade, at })[1]).toEqual([]);
  });

  it("reaches the nodes with the expiry first, the alarm next and the cancel last", () => {
    const at = EXPIRES_AT + LATENCY.expirySweepLag;
    const context = aContext({ alarm: ALARM });
    const events = [cancelEarly, alarmRead("ALARM", SENT_AT), { ...recordsMade, at }] as const;
    expect(commandAfter(context, ...events)[1]).toMatchObject([
      { event: { type: "expired" } },
      { event: { type: "alarmed" } },
      { event: { type: "cancelAsked" } },
    ]);
  });

  it("is nothing by default: nothing reaches the nodes, and an advance is due", () => {
    const [{ stage, isAdvanceDue }, effects] = commandAfter(aContext(), recordsMade);
    expect([stage, isAdvanceDue, effects]).toEqual(["rollingOut", true, []]);
  });
});

describe("a cancel of some nodes before the records exist", () => {
  it("reaches nobody yet", () => {
    const [, effects] = commandAfter(aContext(), { ...cancelEarly, instanceIds: ["i-1"] });
    expect(effects).toEqual([]);
  });

  it("reaches those nodes when they do, earlier and later ones together", () => {
    const [, effects] = commandAfter(
      aContext(),
      { ...cancelEarly, instanceIds: ["i-2"] },
      { ...cancelEarly, instanceIds: ["i-0"] },
      recordsMade,
    );
    const event = { type: "cancelAsked", at: MADE_AT };
    expect(effects).toEqual([{ type: "tellNodes", instanceIds: ["i-2", "i-0"], event }]);
  });

  it("lets the others run", () => {
    const command = new CommandOnNodes(aContext());
    command.happens({ ...cancelEarly, instanceIds: ["i-1"] }, recordsDue, advance);
    expect(command.details).toEqual(["InProgress", "Cancelled", "InProgress"]);
  });

  it("is lost in a cancel of the whole command", () => {
    const [, effects] = commandAfter(
      aContext(),
      { ...cancelEarly, instanceIds: ["i-1"] },
      cancelEarly,
      recordsMade,
    );
    expect(effects).toMatchObject([{ type: "tell", ...ALL }]);
  });

  it("is forgotten once it has reached them", () => {
    const early = { ...cancelEarly, instanceIds: ["i-1"] };
    expect(commandAfter(aContext(), early, recordsMade)[0].earlyCancels).toEqual([]);
  });
});

describe("a cancel of a command that is rolling out", () => {
  it("reaches every node", () => {
    const [, effects] = commandAfter(aContext(), recordsMade, cancelAsked);
    expect(effects).toEqual([{ type: "tell", ...ALL, event: cancelAsked }]);
  });

  it("of some nodes reaches those, and nothing is noted about the command", () => {
    const instanceIds = ["i-1", "i-7"];
    const [before] = commandAfter(aContext(), recordsMade);
    const [after, effects] = commandAfter(aContext(), recordsMade, { ...cancelAsked, instanceIds });
    expect([after, effects]).toEqual([
      before,
      [{ type: "tellNodes", instanceIds, event: cancelAsked }],
    ]);
  });

  it("ends nodes that were not sent to, and closes when the one that runs has replied", () => {
    const context = aContext({ limits: { maxConcurrency: "1" } });
    const command = new CommandOnNodes(context).happens(recordsDue, advance, cancelAsked, advance);
    const before = command.state.stage;
    command.ends(0, "Success", LATER).happens(advance);
    expect([before, command.state.stage, command.details]).toEqual([
      "rollingOut",
      "closed",
      ["Success", "Cancelled", "Cancelled"],
    ]);
  });
});

const IGNORING = { ...ALARM, ignoresFailure: true };
const READ_AGAIN = [
  { type: "schedule", deadline: "pollAlarm", at: LATER + LATENCY.alarmPollEvery },
];

// Recorded: [rec-2026-10-01-alarms].
describe("an alarm", () => {
  it.each([
    { reads: "OK", alarm: ALARM },
    { reads: "OK", alarm: IGNORING },
    { reads: "UNKNOWN", alarm: IGNORING },
  ] as const)(
    "that reads $reads is read again, ignoring failures: $alarm.ignoresFailure",
    ({ reads, alarm }) => {
      const [, effects] = commandAfter(aContext({ alarm }), recordsMade, alarmRead(reads));
      expect(effects).toEqual(READ_AGAIN);
    },
  );

  it.each([
    { reads: "ALARM", alarm: ALARM, stop: "alarm" },
    { reads: "ALARM", alarm: IGNORING, stop: "alarm" },
    { reads: "UNKNOWN", alarm: ALARM, stop: "unknownAlarm" },
  ] as const)(
    "that reads $reads stops the command and is not read again, ignoring failures: $alarm.ignoresFailure",
    ({ reads, alarm, stop }) => {
      const [state, effects] = commandAfter(aContext({ alarm }), recordsMade, alarmRead(reads));
      const event = { type: "alarmed", at: LATER };
      expect([state.rollout.stop, effects]).toEqual([stop, [{ type: "tell", ...ALL, event }]]);
    },
  );

  it("is named with the state that it was in when it stopped the command", () => {
    const [state] = commandAfter(aContext({ alarm: ALARM }), recordsMade, alarmRead("UNKNOWN"));
    expect(state.triggeredAlarm).toEqual({ Name: "errors", State: "UNKNOWN" });
  });

  it("still stops the command after it could not be read, which was ignored", () => {
    const events = [recordsMade, alarmRead("UNKNOWN"), alarmRead("ALARM")];
    const [{ rollout }] = commandAfter(aContext({ alarm: IGNORING }), ...events);
    expect(rollout.stop).toBe("alarm");
  });

  it.each(["targetsUnknown", "recordsPending"] as const)(
    "is read while the command is %s",
    (stage) => {
      const nodes = stage === "targetsUnknown" ? undefined : 3;
      const [, effects] = commandAfter(aContext({ nodes, alarm: ALARM }), alarmRead("OK"));
      expect(effects).toEqual(READ_AGAIN);
    },
  );

  it("is not read any more when every node has ended, though the command is not closed yet", () => {
    const command = new CommandOnNodes(aContext({ nodes: 1, alarm: ALARM }));
    command.happens(recordsDue, advance).ends(0, "Success", LATER);
    const { state } = command.happens(alarmRead("ALARM"));
    expect([state.stage, state.rollout.stop]).toEqual(["rollingOut", undefined]);
  });

  it("changes nothing of a command that watches none", () => {
    const [before] = commandAfter(aContext(), recordsMade);
    expect(commandAfter(aContext(), recordsMade, alarmRead("ALARM"))).toEqual([before, []]);
  });

  it.each([
    ["ALARM", "Failed/FailedDueToAlarm"],
    ["UNKNOWN", "Failed/FailedDueToUnknownAlarmState"],
  ] as const)("that reads %s ends everything at once: %s", (reads, is) => {
    const context = aContext({ alarm: ALARM, limits: { maxConcurrency: "1" } });
    const events = [recordsDue, advance, alarmRead(reads), advance];
    expect(standingAfter(context, ...events)).toBe(is);
  });
});

describe("the expiry", () => {
  it("reaches every node", () => {
    const expired = { type: "expired", at: LATER } as const;
    const [, effects] = commandAfter(aContext(), recordsMade, expired);
    expect(effects).toEqual([{ type: "tell", ...ALL, event: expired }]);
  });

  it("ends what runs and what was not sent to, and the command", () => {
    const context = aContext({ limits: { maxConcurrency: "1" } });
    const events = [recordsDue, advance, { type: "expired", at: LATER }, advance] as const;
    expect(standingAfter(context, ...events)).toBe("TimedOut/DeliveryTimedOut");
  });
});

describe("a move", () => {
  it.each([
    ["InProgress", "Success"],
    ["Pending", "Cancelled"],
    // It may leave its place in the window to another.
    ["InProgress", "Delayed"],
  ] as const)("from %s to %s asks for an advance", (from, to) => {
    const events = [recordsMade, advance, advance, moved(from, to)];
    expect(commandAfter(aContext(), ...events)[0].isAdvanceDue).toBe(true);
  });

  it.each([
    ["Pending", "InProgress"],
    ["InProgress", "Cancelling"],
  ] as const)("from %s to %s asks for none", (from, to) => {
    const events = [recordsMade, advance, advance, moved(from, to)];
    expect(commandAfter(aContext(), ...events)[0].isAdvanceDue).toBe(false);
  });

  it("that changes no counter is not noted when an advance is due anyway", () => {
    const [before] = commandAfter(aContext(), recordsMade);
    const [after] = commandAfter(aContext(), recordsMade, moved("InProgress", "Cancelling"));
    expect(after).toEqual(before);
  });

  it("leaves the advance due that the one before it had asked for", () => {
    const moves = [moved("InProgress", "Success"), moved("Pending", "InProgress")];
    const [state] = commandAfter(aContext(), recordsMade, advance, advance, ...moves);
    expect(state.isAdvanceDue).toBe(true);
  });

  it("has no effect by itself, since an advance comes when the instant is over", () => {
    const events = [recordsMade, moved("Pending", "InvalidPlatform")];
    expect(commandAfter(aContext(), ...events)[1]).toEqual([]);
  });
});
