import { describe, expect, it } from "vitest";
import {
  COMMAND_LIFECYCLE,
  type CommandContext,
  type CommandEvent,
  type CommandStage,
  type CommandState,
  newCommand,
  nextCommand,
} from "../../../src/fake/engine/command.ts";
import { ALARM, aContext, commandAfter, EXPIRES_AT, LATENCY, SENT_AT } from "./a-command.ts";

type EventType = CommandEvent["type"];

const AT = SENT_AT + 5_000;

/** One event of each type; the compiler asks for a new one when a type is added. */
const EVENTS: { readonly [E in EventType]: CommandEvent & { readonly type: E } } = {
  answered: { type: "answered", at: AT },
  targetsKnown: { type: "targetsKnown", at: AT, count: 3 },
  groupDenied: { type: "groupDenied", at: AT },
  recordsDue: { type: "recordsDue", at: AT, pending: 0 },
  recordsMade: { type: "recordsMade", at: AT },
  moved: { type: "moved", at: AT, from: "Pending", to: "InvalidPlatform" },
  advance: { type: "advance", at: AT },
  cancelAsked: { type: "cancelAsked", at: AT },
  alarmRead: { type: "alarmRead", at: AT, state: "ALARM" },
  expired: { type: "expired", at: AT },
};

/** Every event, in each variant that has an effect of its own. */
const VARIANTS: readonly CommandEvent[] = [
  ...Object.values(EVENTS),
  { ...EVENTS.targetsKnown, count: 0 },
  { ...EVENTS.recordsDue, pending: 8 },
  { ...EVENTS.recordsMade, at: EXPIRES_AT + LATENCY.expirySweepLag },
  { ...EVENTS.moved, from: "InProgress", to: "Success" },
  { ...EVENTS.moved, from: "InProgress", to: "Failed" },
  { ...EVENTS.moved, from: "InProgress", to: "Cancelling" },
  { ...EVENTS.cancelAsked, instanceIds: ["i-1"] },
  { ...EVENTS.alarmRead, state: "OK" },
  { ...EVENTS.alarmRead, state: "UNKNOWN" },
];

const CONTEXT = aContext({
  nodes: undefined,
  hasTargetsOfIds: true,
  alarm: ALARM,
  settings: { pendingInvocationQuota: 10 },
});

const BY_IDS = aContext({ ...CONTEXT, nodes: 3, hasTargetsOfIds: false });

/** A command in each stage. */
const IN_STAGE: Readonly<Record<CommandStage, CommandState>> = {
  targetsUnknown: commandAfter(CONTEXT)[0],
  recordsPending: commandAfter(BY_IDS)[0],
  rollingOut: commandAfter(CONTEXT, EVENTS.targetsKnown, EVENTS.recordsMade)[0],
  closed: commandAfter(CONTEXT, EVENTS.groupDenied, EVENTS.recordsDue, EVENTS.advance)[0],
};

// Object.keys has the type of strings; these are the keys of the two objects.
const STAGES = Object.keys(COMMAND_LIFECYCLE) as CommandStage[];
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

function isNamed(stage: CommandStage, type: EventType): boolean {
  return Object.hasOwn(COMMAND_LIFECYCLE[stage], type);
}

describe.each(STAGES)("a command that is %s", (stage) => {
  const state = IN_STAGE[stage];
  const context = stage === "recordsPending" ? BY_IDS : CONTEXT;

  it("is in the stage that these tests expect", () => {
    expect(state.stage).toBe(stage);
  });

  it.each(EVENT_TYPES.filter((type) => !isNamed(stage, type)))(
    "is the very same after %s, which has no effect",
    (type) => {
      const [next, effects] = nextCommand(state, EVENTS[type], context);
      expect([next === state, effects]).toEqual([true, []]);
    },
  );

  it.each(EVENT_TYPES.filter((type) => isNamed(stage, type)))("takes notice of %s", (type) => {
    const ofType = VARIANTS.filter((event) => event.type === type);
    const noticed = ofType.filter((event) => {
      const [next, effects] = nextCommand(state, event, context);
      return next !== state || effects.length > 0;
    });
    expect(noticed).not.toEqual([]);
  });

  // The states are frozen deeply, so that code that writes to them would throw.
  it("is not changed by any event; a changed command is a new one", () => {
    const copy = structuredClone(state);
    for (const event of VARIANTS) nextCommand(state, event, context);
    expect(state).toEqual(copy);
  });
});

describe("the life of a command", () => {
  it("does not leave closed, whatever comes", () => {
    const left = VARIANTS.filter((event) => {
      const [next, effects] = nextCommand(IN_STAGE.closed, event, CONTEXT);
      return next !== IN_STAGE.closed || effects.length > 0;
    });
    expect(left).toEqual([]);
  });

  it("reaches every stage", () => {
    const reached = new Set<CommandStage>([newCommand(CONTEXT)[0].stage]);
    for (const stage of reached) {
      for (const event of VARIANTS) {
        const [next] = nextCommand(IN_STAGE[stage], event, CONTEXT);
        const [later] = nextCommand(next, EVENTS.advance, CONTEXT);
        reached.add(next.stage).add(later.stage);
      }
    }
    expect([...reached].sort()).toEqual(STAGES.toSorted());
  });

  it("never goes back to an earlier stage", () => {
    const back = STAGES.filter((stage, rank) =>
      VARIANTS.some((event) => {
        const [next] = nextCommand(IN_STAGE[stage], event, CONTEXT);
        return STAGES.indexOf(next.stage) < rank;
      }),
    );
    expect(back).toEqual([]);
  });

  it("uses every event", () => {
    const used = EVENT_TYPES.filter((type) => STAGES.some((stage) => isNamed(stage, type)));
    expect(used).toEqual(EVENT_TYPES);
  });
});

/** What a new command schedules, in milliseconds after it was sent. */
function scheduledBy(context: CommandContext) {
  return newCommand(context)[1].map((effect) =>
    effect.type === "schedule" ? [effect.deadline, effect.at - SENT_AT] : effect,
  );
}

describe("a new command", () => {
  it("by ids has its records to be made, all of them pending", () => {
    const [{ stage, rollout }] = newCommand(aContext({ nodes: 3 }));
    expect([stage, rollout.total, rollout.pending]).toEqual(["recordsPending", 3, 3]);
  });

  it("by targets does not know how many nodes it goes to", () => {
    const [{ stage, rollout }] = newCommand(aContext({ nodes: undefined }));
    expect([stage, rollout.total]).toEqual(["targetsUnknown", 0]);
  });

  it("by ids schedules its expiry, with its latency, and no records before it is answered", () => {
    expect(scheduledBy(aContext({ nodes: 3 }))).toEqual([["expire", 63_000]]);
  });

  it("by ids has its records made a visibility latency after the answer left", () => {
    const [, effects] = commandAfter(aContext({ nodes: 3 }), EVENTS.answered);
    expect(effects).toEqual([{ type: "schedule", deadline: "makeRecords", at: AT + 1_000 }]);
  });

  it("by targets that list ids has them expanded after the answer left", () => {
    const context = aContext({ nodes: undefined, hasTargetsOfIds: true });
    expect(scheduledBy(context)).toEqual([["expire", 63_000]]);
    const [, effects] = commandAfter(context, EVENTS.answered);
    expect(effects).toEqual([{ type: "schedule", deadline: "expandTargets", at: AT + 500 }]);
  });

  it("by other targets does not wait for the answer", () => {
    const context = aContext({ nodes: undefined });
    expect(commandAfter(context, EVENTS.answered)[1]).toEqual([]);
    expect(commandAfter(context, EVENTS.targetsKnown, EVENTS.answered)[1]).toEqual([]);
  });

  it("by targets schedules that they are expanded, and its expiry", () => {
    expect(scheduledBy(aContext({ nodes: undefined }))).toEqual([
      ["expandTargets", 2_000],
      ["expire", 63_000],
    ]);
  });

  it.each([
    { by: "ids", nodes: 3, first: [] },
    { by: "targets", nodes: undefined, first: [["expandTargets", 2_000]] },
  ])("by $by schedules that its alarm is read before it expires", ({ nodes, first }) => {
    const deadlines = scheduledBy(aContext({ nodes, alarm: ALARM }));
    expect(deadlines).toEqual([...first, ["pollAlarm", 4_000], ["expire", 63_000]]);
  });

  it("by targets has its records made a visibility latency after they are known", () => {
    const [, effects] = commandAfter(aContext({ nodes: undefined }), EVENTS.targetsKnown);
    expect(effects).toEqual([{ type: "schedule", deadline: "makeRecords", at: AT + 1_000 }]);
  });

  it("by targets takes its percentages of the nodes that were found", () => {
    const limits = { maxConcurrency: "50%", maxErrors: "25%" };
    const context = aContext({ nodes: undefined, limits });
    const [{ rollout }] = commandAfter(context, { ...EVENTS.targetsKnown, count: 8 });
    expect([rollout.window, rollout.budget]).toEqual([4, 2]);
  });
});
