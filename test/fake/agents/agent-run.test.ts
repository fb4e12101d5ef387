import { describe, expect, it } from "vitest";
import {
  AGENT_RUN_LIFECYCLE,
  newAgentRun,
  nextAgentRun,
} from "../../../src/fake/agents/agent-run.ts";
import type {
  AgentRunEvent,
  AgentRunState,
  AgentStage,
} from "../../../src/fake/agents/agent-run-state.ts";
import type { Place } from "../../../src/fake/agents/agent-workers.ts";
import { hangs, reboots, succeeds } from "../../../src/fake/agents/behavior.ts";
import { deepFreeze } from "../../support/deep-freeze.ts";
import { aRunContext, HANDED_AT, LATENCY, STARTED_AT } from "./a-run-context.ts";

type EventType = AgentRunEvent["type"];

const AT = STARTED_AT + 1_000;
const CONTEXT = aRunContext({ isLogged: true, isUploaded: true });

/** One event of each type; the compiler asks for a new one when a type is added. */
const EVENTS: { readonly [E in EventType]: AgentRunEvent & { readonly type: E } } = {
  due: { type: "due", at: AT },
  nodeBack: { type: "nodeBack", at: AT },
  nodeRemoved: { type: "nodeRemoved", at: AT },
  recallAsked: { type: "recallAsked", at: AT },
  killed: { type: "killed", at: AT },
  logsPolled: { type: "logsPolled", at: AT },
  invocationEnded: { type: "invocationEnded", at: AT },
  behaviorKnown: { type: "behaviorKnown", at: AT, result: succeeds({ after: "5s" }) },
  workBegun: { type: "workBegun", at: AT, isReal: true },
  workEnded: { type: "workEnded", at: AT, result: succeeds() },
  workWrote: { type: "workWrote", at: AT, soFar: { stdout: "a\n", stderr: "" } },
  workerFree: { type: "workerFree", at: AT, plain: undefined },
  offeredAgain: { type: "offeredAgain", at: AT },
};

/** Every event, in each variant that has an effect of its own. */
const VARIANTS: readonly AgentRunEvent[] = [
  ...Object.values(EVENTS),
  { ...EVENTS.behaviorKnown, result: reboots() },
  { ...EVENTS.behaviorKnown, result: { type: "neverReplies" } },
  { ...EVENTS.workBegun, isReal: false },
  { ...EVENTS.workerFree, plain: succeeds() },
  { ...EVENTS.workEnded, result: hangs() },
  { ...EVENTS.workEnded, result: { type: "neverReplies" } },
];

const PLACES = ["worker", "queue", "unreachable", "full"] as const satisfies readonly Place[];

/** A run after these events; `due` stands for what it waits for. */
function runAfter(place: Place, ...events: readonly (AgentRunEvent | "due")[]) {
  const node = { instanceId: "i-0123456789abcdef0", platform: "Linux" } as const;
  let [run] = deepFreeze(newAgentRun({ at: HANDED_AT, node, place }, CONTEXT));
  for (const event of events) {
    const next = event === "due" ? dueOf(run) : event;
    [run] = deepFreeze(nextAgentRun(run, next, CONTEXT));
  }
  return run;
}

/** The event that a run waits for. */
function dueOf(run: AgentRunState): AgentRunEvent {
  return { type: "due", at: run.wait?.until ?? AT };
}

const { behaviorKnown, workBegun, workWrote, killed, nodeRemoved } = EVENTS;
const IN_STAGE: Readonly<Record<AgentStage, AgentRunState>> = {
  waitsForNode: runAfter("unreachable"),
  queued: runAfter("queue"),
  starting: runAfter("worker"),
  asking: runAfter("worker", "due"),
  running: runAfter("worker", "due", behaviorKnown),
  replying: runAfter("worker", "due", behaviorKnown, "due"),
  gone: runAfter("worker", nodeRemoved),
};

/** Runs in every stage, in each variant that a rule distinguishes. */
const RUNS: readonly AgentRunState[] = [
  ...Object.values(IN_STAGE),
  runAfter("full"),
  runAfter("worker", "due", workBegun),
  runAfter("worker", "due", workBegun, workWrote),
  runAfter("worker", "due", { ...workBegun, isReal: false }),
  runAfter("worker", "due", workBegun, killed),
  runAfter("worker", "due", behaviorKnown, killed),
  runAfter("worker", "due", { ...behaviorKnown, result: { type: "neverReplies" } }),
  runAfter("worker", "due", { ...behaviorKnown, result: reboots() }, "due"),
];

// Object.keys has the type of strings; these are the keys of the two objects.
const STAGES = Object.keys(AGENT_RUN_LIFECYCLE) as AgentStage[];
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

function isNamed(stage: AgentStage, type: EventType): boolean {
  return Object.hasOwn(AGENT_RUN_LIFECYCLE[stage], type);
}

/** What may happen to a run, including what it waits for. */
function eventsFor(run: AgentRunState): readonly AgentRunEvent[] {
  return [...VARIANTS, dueOf(run)];
}

describe.each(STAGES)("a run that is %s", (stage) => {
  const runs = RUNS.filter((run) => run.stage === stage);

  it("is among these tests", () => {
    expect(IN_STAGE[stage].stage).toBe(stage);
  });

  it.each(EVENT_TYPES.filter((type) => !isNamed(stage, type)))(
    "is the very same after %s, which has no effect",
    (type) => {
      const noticed = runs.filter((run) =>
        eventsFor(run)
          .filter((event) => event.type === type)
          .some((event) => isNoticed(run, event)),
      );
      expect(noticed).toEqual([]);
    },
  );

  it.each(EVENT_TYPES.filter((type) => isNamed(stage, type)))("takes notice of %s", (type) => {
    const noticed = runs.filter((run) =>
      eventsFor(run)
        .filter((event) => event.type === type)
        .some((event) => isNoticed(run, event)),
    );
    expect(noticed).not.toEqual([]);
  });

  it("takes no notice of anything due but what it waits for", () => {
    const noticed = runs.flatMap((run) =>
      [-1, 1]
        .map((ms) => ({ type: "due", at: (run.wait?.until ?? AT) + ms }) as const)
        .filter((event) => isNoticed(run, event)),
    );
    expect(noticed).toEqual([]);
  });

  // The runs are frozen deeply, so that code that writes to them would throw.
  it("is not changed by any event; a changed run is a new one", () => {
    const copies = structuredClone(runs);
    for (const run of runs) {
      for (const event of eventsFor(run)) nextAgentRun(run, deepFreeze(event), CONTEXT);
    }
    expect(runs).toEqual(copies);
  });
});

function isNoticed(run: AgentRunState, event: AgentRunEvent): boolean {
  const [next, effects] = nextAgentRun(run, event, CONTEXT);
  return next !== run || effects.length > 0;
}

describe("the run of a document on a node", () => {
  it("does not leave gone, whatever comes", () => {
    const { gone } = IN_STAGE;
    expect(eventsFor(gone).filter((event) => isNoticed(gone, event))).toEqual([]);
  });

  it("reaches every stage", () => {
    const reached = new Set(PLACES.map((place) => runAfter(place).stage));
    for (const stage of reached) {
      const runs = RUNS.filter((run) => run.stage === stage);
      for (const run of runs) {
        for (const event of eventsFor(run)) reached.add(nextAgentRun(run, event, CONTEXT)[0].stage);
      }
    }
    expect([...reached].sort()).toEqual(STAGES.toSorted());
  });

  it("uses every event", () => {
    const used = EVENT_TYPES.filter((type) => STAGES.some((stage) => isNamed(stage, type)));
    expect(used).toEqual(EVENT_TYPES);
  });

  it("is left by every open stage when its node is removed", () => {
    const left = RUNS.map((run) => nextAgentRun(run, nodeRemoved, CONTEXT)[0].stage);
    expect(new Set(left)).toEqual(new Set(["gone"]));
  });

  it("waits for its start after it was handed to a node that can be reached", () => {
    const { stage, wait } = IN_STAGE.starting;
    expect([stage, wait]).toEqual(["starting", { until: HANDED_AT + LATENCY.startDelay }]);
  });

  it("has the document's first process asked for at once when agents start at once", () => {
    const context = aRunContext({ latency: { startDelay: 0 } });
    const { node } = IN_STAGE.starting;
    const [run, effects] = newAgentRun({ at: HANDED_AT, node, place: "worker" }, context);
    expect([run.stage, effects]).toEqual(["asking", [{ type: "askBehavior" }]]);
  });

  it("asks for nothing when agents start at once and the result of the process is known", () => {
    const context = aRunContext({ latency: { startDelay: 0 } });
    const { node } = IN_STAGE.starting;
    const plain = succeeds({ after: "5s" });
    const handed = { at: HANDED_AT, plain, node, place: "worker" } as const;
    const [run, effects] = newAgentRun(handed, context);
    expect([run.stage, run.wait, effects]).toEqual(["running", { until: HANDED_AT + 5_000 }, []]);
  });
});
