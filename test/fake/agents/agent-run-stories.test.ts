import { describe, expect, it } from "vitest";
import { fails, reboots, succeeds } from "../../../src/fake/agents/behavior.ts";
import type { PluginResult } from "../../../src/fake/agents/plugin-result.ts";
import { RunOnNode } from "../../support/run-on-node.ts";
import { content, scriptStep } from "../documents/a-document.ts";
import { aRunContext, HANDED_AT, LATENCY, STARTED_AT, stepsNamed } from "./a-run-context.ts";

// Sequences written by hand from [agent-run-plugins], [agent-executers] and [guide-command-statuses], not from the table of
// stages.

/** A run that was handed over just now, with the results of its processes. */
function handedOver(given: Parameters<typeof aRunContext>[0], ...results: readonly PluginResult[]) {
  return new RunOnNode(aRunContext(given), { at: HANDED_AT, results });
}

/** Longer than any of these runs takes. */
const LONG = 3_600_000;

describe("a node that cannot be reached", () => {
  const away = () => new RunOnNode(aRunContext(), { at: HANDED_AT, place: "unreachable" });

  it("is not reported before it was noticed", () => {
    expect(away().passes(LATENCY.agentDelayedAfter - 1).told).toEqual([]);
  });

  it("is reported as a silent agent when it is noticed, once", () => {
    const at = HANDED_AT + LATENCY.agentDelayedAfter;
    expect(away().passes(LONG).told).toEqual([{ type: "agentSilent", at }]);
  });

  it.each([
    { when: "before it was noticed", ms: 1_000 },
    { when: "after it was noticed", ms: 60_000 },
  ])("gives its run up to be handed over again when it is back $when", ({ ms }) => {
    const run = away().passes(ms).hears("nodeBack");
    const told = { type: "agentBack", at: HANDED_AT + ms };
    expect([run.state.stage, run.told.at(-1)]).toEqual(["gone", told]);
  });

  it("does not start anything", () => {
    expect(away().passes(LONG).timesAsked).toBe(0);
  });
});

describe("an invocation that has ended without its agent", () => {
  it("drops a run that waits for its node, and reports nothing", () => {
    const run = new RunOnNode(aRunContext(), { at: HANDED_AT, place: "unreachable" });
    run.hears("invocationEnded");
    expect([run.state.stage, run.effects]).toEqual(["gone", []]);
  });

  it.each([
    { stage: "starting", ms: 0 },
    { stage: "running", ms: 1_000 },
    { stage: "replying", ms: 5_200 },
  ])("leaves a run that is $stage to go on to its end", ({ stage, ms }) => {
    const run = handedOver({}, succeeds({ after: "5s" })).passes(ms);
    const before = run.state.stage;
    run.hears("invocationEnded").passes(LONG);
    expect([before, run.plugins]).toMatchObject([stage, [{ detail: "Success" }]]);
  });
});

describe("the reply of an agent", () => {
  it("is under way for the reply's latency", () => {
    const { told } = handedOver({}, succeeds({ after: "5s" })).passes(LONG);
    expect(told).toMatchObject([
      { type: "agentReplied", at: STARTED_AT + 5_000 + LATENCY.replyDelay },
    ]);
  });

  it("waits until its output is uploaded, too, when it goes somewhere", () => {
    const { told } = handedOver({ isUploaded: true }, succeeds()).passes(LONG);
    expect(told).toMatchObject([
      { type: "agentReplied", at: STARTED_AT + LATENCY.replyDelay + LATENCY.uploadDelay },
    ]);
  });

  it("is there when the last step ends, when nothing takes any time", () => {
    const latency = { replyDelay: 0, uploadDelay: 0 };
    const { told } = handedOver({ latency, isUploaded: true }, succeeds()).passes(100);
    expect(told).toMatchObject([{ type: "agentReplied", at: STARTED_AT }]);
  });

  // Our decision: that the expiry is swept later changes nothing about this.
  it.each([
    { case: "at exactly ExpiresAfter is late, and is not reported", ms: 0, told: 0 },
    { case: "later is not reported either", ms: -1, told: 0 },
    { case: "a millisecond before ExpiresAfter is reported", ms: 1, told: 1 },
  ])("$case", ({ ms, told }) => {
    const expiresAt = STARTED_AT + LATENCY.replyDelay + ms;
    const run = handedOver({ expiresAt }, succeeds()).passes(LONG);
    expect([run.state.stage, run.told.length]).toEqual(["gone", told]);
  });

  it("says of each step when it started and ended", () => {
    const document = stepsNamed("one", "two");
    const results = [succeeds({ after: "5s" }), fails({ after: "2s", exitCode: 7 })];
    expect(handedOver({ document }, ...results).passes(LONG).plugins).toMatchObject([
      { name: "one", exitCode: 0, startedAt: STARTED_AT, finishedAt: STARTED_AT + 5_000 },
      { name: "two", exitCode: 7, startedAt: STARTED_AT + 5_000, finishedAt: STARTED_AT + 7_000 },
    ]);
  });

  it("does not come from an agent that is never heard of again", () => {
    expect(handedOver({}, { type: "neverReplies" }).passes(LONG).told).toEqual([]);
  });
});

describe("a step that does not run", () => {
  const onWindows = { StringEquals: ["platformType", "Windows"] };
  const notUnderstood = { NumberEquals: ["1", "1"] };
  const documentOf = (precondition: object) =>
    content({
      mainSteps: [scriptStep({ name: "one", precondition }), scriptStep({ name: "two" })],
    });

  it.each(["Success", "Cancelled"] as const)(
    "is reported as %s with code 0 when it was skipped and the settings say so",
    (skippedStatus) => {
      const given = { document: documentOf(onWindows), settings: { skippedStatus } };
      const [first] = handedOver(given, succeeds()).passes(LONG).plugins ?? [];
      expect(first).toMatchObject({ detail: skippedStatus, exitCode: 0, unrun: "skipped" });
    },
  );

  it("is reported as Failed with code 1 when the agent refused to run it", () => {
    const given = { document: documentOf(notUnderstood) };
    const [first] = handedOver(given, succeeds()).passes(LONG).plugins ?? [];
    expect(first).toMatchObject({ detail: "Failed", exitCode: 1, unrun: "refused" });
  });

  it("takes no time", () => {
    const [first, second] =
      handedOver({ document: documentOf(onWindows) }, succeeds()).passes(LONG).plugins ?? [];
    expect([first?.startedAt, first?.finishedAt, second?.startedAt]).toEqual([
      STARTED_AT,
      STARTED_AT,
      STARTED_AT,
    ]);
  });

  it("is not asked for", () => {
    const run = handedOver({ document: documentOf(onWindows) }, succeeds()).passes(LONG);
    expect(run.timesAsked).toBe(1);
  });

  it("is the rest of a document that a step has ended, which is skipped", () => {
    const document = content({
      mainSteps: [
        scriptStep({ name: "one", inputs: { onFailure: "exit" } }),
        scriptStep({ name: "two" }),
      ],
    });
    const { plugins } = handedOver({ document }, fails()).passes(LONG);
    expect(plugins).toMatchObject([{ detail: "Failed" }, { name: "two", unrun: "skipped" }]);
  });

  it("ends nothing, though a step like it that had run would have", () => {
    const inputs = { onSuccess: "exit" };
    const first = scriptStep({ name: "one", precondition: onWindows, inputs });
    const document = content({ mainSteps: [first, scriptStep({ name: "two" })] });
    const { plugins } = handedOver({ document }, succeeds()).passes(LONG);
    expect(plugins?.[1]?.unrun).toBeUndefined();
  });
});

// [guide-reboot] [agent-constants]
describe("a script that asks for reboots", () => {
  it("is run again from its start when the node is back", () => {
    const results = [reboots({ after: "5s", takes: "90s" }), succeeds()];
    const startedAt = STARTED_AT + 95_000;
    expect(handedOver({}, ...results).passes(LONG).plugins).toMatchObject([
      { detail: "Success", startedAt },
    ]);
  });

  it("has the result that the behavior gave for its rerun, without being asked again", () => {
    const run = handedOver({}, reboots({ then: fails({ exitCode: 7 }) })).passes(LONG);
    expect([run.timesAsked, run.plugins?.[0]?.exitCode]).toEqual([1, 7]);
  });

  it("has the steps behind it asked for, whatever was given for its rerun", () => {
    const given = { document: stepsNamed("one", "two") };
    const run = handedOver(given, reboots({ then: fails({ exitCode: 7 }) }), succeeds());
    expect(run.passes(LONG).plugins).toMatchObject([{ exitCode: 7 }, { exitCode: 0 }]);
  });

  it("is run fifteen times at the most, and then not heard of again", () => {
    const run = handedOver({}, ...Array(20).fill(reboots({ takes: "1s" }))).passes(LONG);
    expect([run.timesAsked, run.told]).toEqual([15, []]);
  });

  it("may end well at its fifteenth run", () => {
    const run = handedOver({}, ...Array(14).fill(reboots()), succeeds()).passes(LONG);
    expect([run.timesAsked, run.plugins?.[0]?.detail]).toEqual([15, "Success"]);
  });

  it("spends the runs of the whole document, not of its step", () => {
    const document = stepsNamed("one", "two");
    const results = [...Array(10).fill(reboots()), succeeds(), ...Array(10).fill(reboots())];
    const run = handedOver({ document }, ...results).passes(LONG);
    // Ten reboots and a success of the first step, then four reboots more, and one that is too many.
    expect([run.timesAsked, run.told]).toEqual([16, []]);
  });
});

/** The uploads that a run has asked for. */
function uploadsOf({ effects }: RunOnNode) {
  return effects.filter((effect) => effect.type === "upload");
}

describe("the output of a run", () => {
  it("is not uploaded when it goes nowhere", () => {
    expect(uploadsOf(handedOver({}, succeeds({ stdout: "done" })).passes(LONG))).toEqual([]);
  });

  it("is uploaded of each step when that has ended", () => {
    const given = { document: stepsNamed("one", "two"), isUploaded: true };
    const run = handedOver(given, succeeds({ stdout: "a" }), succeeds({ stdout: "b" }));
    expect(uploadsOf(run.passes(LONG))).toMatchObject([
      { stepIndex: 0, streams: { stdout: "a" }, isComplete: true },
      { stepIndex: 1, streams: { stdout: "b" }, isComplete: true },
    ]);
  });

  it("is uploaded at each reboot with what was written before it, which the next step begins without", () => {
    const given = { document: stepsNamed("one", "two"), isUploaded: true };
    const results = [reboots({ stdout: "a" }), reboots({ stdout: "b" }), succeeds({ stdout: "c" })];
    const run = handedOver(given, ...results, succeeds({ stdout: "d" }));
    expect(uploadsOf(run.passes(LONG))).toMatchObject([
      { stepIndex: 0, streams: { stdout: "a" } },
      { stepIndex: 0, streams: { stdout: "ab" } },
      { stepIndex: 0, streams: { stdout: "abc" } },
      { stepIndex: 1, streams: { stdout: "d" } },
    ]);
  });

  it("is uploaded to CloudWatch Logs while a step runs, as far as it is written", () => {
    const writes = [{ at: "2500ms", stdout: "two" }] as const;
    const result = succeeds({ stdout: "one ", writes, after: "9s" });
    const run = handedOver({ isLogged: true, isUploaded: true }, result).passes(LONG);
    expect(uploadsOf(run)).toMatchObject([
      { streams: { stdout: "one " }, isComplete: false },
      { streams: { stdout: "one two" }, isComplete: false },
      { streams: { stdout: "one two" }, isComplete: true },
    ]);
  });

  it("is uploaded with what was written before a reboot while the step runs, too", () => {
    const results = [reboots({ stdout: "a" }), succeeds({ stdout: "b", after: "2s" })];
    const run = handedOver({ isLogged: true, isUploaded: true }, ...results).passes(LONG);
    expect(uploadsOf(run)).toMatchObject([
      { streams: { stdout: "a" }, isComplete: true },
      { streams: { stdout: "ab" }, isComplete: false },
      { streams: { stdout: "ab" }, isComplete: true },
    ]);
  });

  // What the flow of steps adds to it is in the reply only [agent-run-plugins].
  it("is uploaded as it was written, without what the agent adds", () => {
    const document = content({ mainSteps: [scriptStep({ inputs: { onFailure: "exit" } })] });
    const run = handedOver({ document, isUploaded: true }, fails({ stdout: "written" }));
    expect(uploadsOf(run.passes(LONG))).toMatchObject([{ streams: { stdout: "written" } }]);
  });
});
