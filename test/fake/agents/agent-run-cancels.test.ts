import { describe, expect, it } from "vitest";
import { fails, hangs, reboots, succeeds } from "../../../src/fake/agents/behavior.ts";
import type { PluginResult } from "../../../src/fake/agents/plugin-result.ts";
import { RunOnNode } from "../../support/run-on-node.ts";
import { content, scriptStep } from "../documents/a-document.ts";
import { aRunContext, HANDED_AT, LATENCY, STARTED_AT, stepsNamed } from "./a-run-context.ts";

// What a cancel does, by [agent-executers] and [agent-run-plugins] unless something else is said.

const LONG = 3_600_000;
const THREE = { document: stepsNamed("one", "two", "three") };

/** A run that was handed over just now, with the results of its processes. */
function handedOver(given: Parameters<typeof aRunContext>[0], ...results: readonly PluginResult[]) {
  return new RunOnNode(aRunContext(given), { at: HANDED_AT, results });
}

/** A step that a cancel kept from starting. */
function kept(name: string) {
  return { name, detail: "Cancelled", exitCode: 1, stdout: "", stderr: "" };
}

describe("a cancel before the start", () => {
  it("takes the command back at once when its node cannot be reached", () => {
    const run = new RunOnNode(aRunContext(), { at: HANDED_AT, place: "unreachable" });
    run.passes(1_000).hears("recallAsked");
    const recalled = { type: "recalled", at: HANDED_AT + 1_000 };
    expect([run.state.stage, run.told]).toEqual(["gone", [recalled]]);
  });

  it("takes the command back after the cancel's latency when the agent has it", () => {
    const run = handedOver({ latency: { startDelay: 5_000 } }, succeeds());
    run.hears("recallAsked").passes(LONG);
    const recalled = { type: "recalled", at: HANDED_AT + LATENCY.cancelLatency };
    expect([run.state.stage, run.told, run.timesAsked]).toEqual(["gone", [recalled], 0]);
  });

  it("comes too late for a process that starts within the cancel's latency, and kills it", () => {
    const run = handedOver({}, hangs()).hears("recallAsked").passes(LONG);
    expect(run.plugins).toMatchObject([
      { detail: "Cancelled", finishedAt: HANDED_AT + LATENCY.cancelLatency },
    ]);
  });

  it("ends a step that waits for a reboot, which shows what it had written before", () => {
    const run = handedOver({}, reboots({ stdout: "before", takes: "90s" }))
      .passes(10_000)
      .hears("recallAsked");
    expect(run.passes(LONG).plugins).toMatchObject([
      { detail: "Cancelled", exitCode: 1, stdout: "before" },
    ]);
  });
});

describe("a cancel between steps", () => {
  /** Its first step has ended, its second waits for a reboot. */
  const between = () => handedOver(THREE, succeeds(), reboots({ takes: "90s" })).passes(10_000);

  it("keeps what has ended, and reports the rest as Cancelled with code 1", () => {
    const { plugins } = between().hears("recallAsked").passes(LONG);
    expect(plugins).toMatchObject([
      { name: "one", detail: "Success", exitCode: 0 },
      kept("two"),
      kept("three"),
    ]);
  });

  it("is replied to after the cancel's latency and the reply's", () => {
    const { told } = between().hears("recallAsked").passes(LONG);
    const at = HANDED_AT + 10_000 + LATENCY.cancelLatency + LATENCY.replyDelay;
    expect(told).toMatchObject([{ type: "agentReplied", at }]);
  });

  it("has the rest neither start nor end later than what ran", () => {
    const rest = between().hears("recallAsked").passes(LONG).plugins?.slice(1);
    const times = rest?.map(({ startedAt, finishedAt }) => [startedAt, finishedAt]);
    expect(times).toEqual([
      [STARTED_AT, STARTED_AT],
      [STARTED_AT, STARTED_AT],
    ]);
  });
});

describe("a cancel during a process", () => {
  /** A run whose first step is at work when the cancel comes, ten seconds after the hand-over. */
  const during = (given: Parameters<typeof aRunContext>[0], ...results: PluginResult[]) =>
    handedOver(given, ...results)
      .passes(10_000)
      .hears("recallAsked");
  const killedAt = HANDED_AT + 10_000 + LATENCY.cancelLatency;

  it("lets it run until the cancel's latency is over", () => {
    const run = during({}, hangs()).passes(LATENCY.cancelLatency - 1);
    expect(run.state.isCancelled).toBe(false);
  });

  it("kills it then, which is reported as Cancelled with the code of a killed process", () => {
    expect(during({}, hangs()).passes(LONG).plugins).toMatchObject([
      { detail: "Cancelled", exitCode: 137, finishedAt: killedAt },
    ]);
  });

  it("lets it take its time to die", () => {
    const { plugins } = during({}, hangs({ killTakes: "2s" })).passes(LONG);
    expect(plugins).toMatchObject([{ detail: "Cancelled", finishedAt: killedAt + 2_000 }]);
  });

  it("does not start the steps behind it", () => {
    const run = during(THREE, hangs(), succeeds(), succeeds()).passes(LONG);
    expect([run.timesAsked, run.plugins?.slice(1)]).toMatchObject([
      1,
      [kept("two"), kept("three")],
    ]);
  });

  it("lets it keep the result that it had before the kill", () => {
    const { plugins } = during({}, fails({ exitCode: 7, after: "10s" })).passes(LONG);
    expect(plugins).toMatchObject([{ detail: "Failed", exitCode: 7 }]);
  });

  it("lets it keep the result that it has at the instant of the kill", () => {
    const after = `${killedAt - STARTED_AT}ms` as const;
    const { plugins } = during(THREE, succeeds({ after }), succeeds()).passes(LONG);
    expect(plugins).toMatchObject([{ detail: "Success" }, {}, {}]);
  });

  it("kills the next step when the one at work ends before the kill", () => {
    const { plugins } = during(THREE, succeeds({ after: "10s" }), hangs()).passes(LONG);
    expect(plugins).toMatchObject([
      { name: "one", detail: "Success" },
      { name: "two", detail: "Cancelled", exitCode: 137, finishedAt: killedAt },
      kept("three"),
    ]);
  });

  it("does not run it again when it would have asked for a reboot", () => {
    const result = reboots({ after: "60s", killTakes: "2s" });
    const run = during({}, result, succeeds()).passes(LONG);
    expect([run.timesAsked, run.plugins]).toMatchObject([1, [{ detail: "Cancelled" }]]);
  });

  it("does not start the other processes of its step", () => {
    const document = {
      schemaVersion: "1.2",
      runtimeConfig: {
        "aws:runShellScript": {
          properties: [{ runCommand: ["one"] }, { runCommand: ["two"] }],
        },
      },
    };
    const run = during({ document }, hangs(), succeeds()).passes(LONG);
    expect([run.timesAsked, run.plugins?.[0]?.detail]).toEqual([1, "Cancelled"]);
  });

  it("is not replied to by an agent that is never heard of again", () => {
    expect(during({}, { type: "neverReplies" }).passes(LONG).told).toEqual([]);
  });
});

describe("a cancel after the last step", () => {
  const replying = () => handedOver({}, fails({ exitCode: 7 })).passes(LATENCY.startDelay + 1);

  it("has no effect, since the reply is on its way", () => {
    const run = replying();
    const before = run.effects.length;
    expect(run.hears("recallAsked").effects.slice(before)).toEqual([]);
  });

  it("keeps the agent's own result", () => {
    expect(replying().hears("recallAsked").passes(LONG).plugins).toMatchObject([
      { detail: "Failed", exitCode: 7 },
    ]);
  });

  it("keeps it, too, when the last step ends between the cancel and the kill", () => {
    const run = handedOver({}, succeeds({ after: "100ms" })).passes(LATENCY.startDelay + 50);
    expect(run.hears("recallAsked").passes(LONG).plugins).toMatchObject([{ detail: "Success" }]);
  });
});

/** A run of a minute's time-out whose first process is work outside of virtual time. */
function atWork(isReal: boolean) {
  const step = scriptStep({ inputs: { runCommand: ["true"], timeoutSeconds: "60" } });
  const run = handedOver({ document: content({ mainSteps: [step] }) });
  return run.passes(LATENCY.startDelay).happens({ type: "workBegun", at: STARTED_AT, isReal });
}

/** The reasons for which the agent has ended work, one for each time. */
function endsOfWork({ effects }: RunOnNode) {
  return effects.flatMap((effect) => (effect.type === "endWork" ? [effect.why] : []));
}

/** The work of a run ends now, with this result. */
function comesTo(run: RunOnNode, result: PluginResult): RunOnNode {
  return run.happens({ type: "workEnded", at: run.now, result }).passes(LONG);
}

describe("real work", () => {
  it("has taken the time that it took, whatever its result says", () => {
    const run = comesTo(atWork(true).passes(7_000), succeeds({ after: "20s" }));
    expect(run.plugins).toMatchObject([{ detail: "Success", finishedAt: STARTED_AT + 7_000 }]);
  });

  it("is ended at its time-out, and reported so", () => {
    const run = atWork(true).passes(60_000);
    const ends = endsOfWork(run);
    const { plugins } = comesTo(run, succeeds());
    expect([ends, plugins?.[0]?.detail]).toEqual([["timeout"], "ExecutionTimedOut"]);
  });

  it("is ended by a cancel after its latency, and reported so", () => {
    const run = atWork(true).passes(7_000).hears("recallAsked").passes(LATENCY.cancelLatency);
    const ends = endsOfWork(run);
    const { plugins } = comesTo(run, succeeds());
    expect([ends, plugins?.[0]?.detail]).toEqual([["cancel"], "Cancelled"]);
  });

  it("is not ended by its time-out when a cancel is pending, which wins", () => {
    const run = atWork(true).passes(59_000).hears("recallAsked").passes(10_000);
    const ends = endsOfWork(run);
    const { plugins } = comesTo(run, succeeds());
    expect([ends, plugins?.[0]?.detail]).toEqual([["cancel"], "Cancelled"]);
  });

  it("is reported as cancelled when the cancel comes while its time-out ends it", () => {
    const run = atWork(true).passes(60_000).hears("recallAsked").passes(LATENCY.cancelLatency);
    expect(comesTo(run, succeeds()).plugins).toMatchObject([{ detail: "Cancelled" }]);
  });

  it("is ended when its node is removed, and not heard of any more", () => {
    const run = atWork(true).hears("nodeRemoved");
    const ends = endsOfWork(run);
    expect([ends, comesTo(run, succeeds()).told]).toEqual([["cancel"], []]);
  });

  it("goes on when its invocation has ended without it", () => {
    const run = atWork(true).hears("invocationEnded");
    expect([run.state.stage, endsOfWork(run)]).toEqual(["asking", []]);
  });

  it("may be an agent's that is never heard of again", () => {
    expect(comesTo(atWork(true).passes(7_000), { type: "neverReplies" }).told).toEqual([]);
  });
});

describe("a behavior's promise", () => {
  it("takes the time that its result says, from the start of the process", () => {
    const run = comesTo(atWork(false), succeeds({ after: "20s" }));
    expect(run.plugins).toMatchObject([{ finishedAt: STARTED_AT + 20_000 }]);
  });

  it("has no time-out of its own: the process that it resolves to has", () => {
    const run = atWork(false).passes(120_000);
    expect(endsOfWork(run)).toEqual([]);
  });

  it("is ended by a cancel, and the process that it resolves to is killed then", () => {
    const run = atWork(false).hears("recallAsked").passes(LATENCY.cancelLatency);
    const ends = endsOfWork(run);
    const { plugins } = comesTo(run, hangs());
    expect([ends, plugins]).toMatchObject([
      ["cancel"],
      [{ detail: "Cancelled", finishedAt: STARTED_AT + LATENCY.cancelLatency }],
    ]);
  });

  it("is not asked again after a cancel, though it resolves to a reboot that was due before", () => {
    const run = atWork(false).hears("recallAsked").passes(LATENCY.cancelLatency);
    const { plugins, timesAsked } = comesTo(run, reboots());
    expect([timesAsked, plugins]).toMatchObject([1, [{ detail: "Cancelled" }]]);
  });
});
