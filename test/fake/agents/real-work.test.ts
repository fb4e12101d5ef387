import { describe, expect, it } from "vitest";
import type { AgentRunEffect } from "../../../src/fake/agents/agent-run-state.ts";
import { succeeds } from "../../../src/fake/agents/behavior.ts";
import { RunOnNode } from "../../support/run-on-node.ts";
import { aRunContext, HANDED_AT, LATENCY } from "./a-run-context.ts";

/** A run whose first process is real work, which has just begun. */
function working(given: Parameters<typeof aRunContext>[0] = { isLogged: true, isUploaded: true }) {
  const run = new RunOnNode(aRunContext(given), { at: HANDED_AT }).passes(LATENCY.startDelay);
  return run.happens({ type: "workBegun", at: run.now, isReal: true });
}

function wrote(run: RunOnNode, stdout: string): RunOnNode {
  return run.happens({ type: "workWrote", at: run.now, soFar: { stdout, stderr: "" } });
}

/** When the agent has looked at the output, in milliseconds after the start, and what it saw. */
function looks({ effects }: RunOnNode): readonly string[] {
  return effects.flatMap((effect) => (effect.type === "upload" ? [effect.streams.stdout] : []));
}

const polls = ({ effects }: RunOnNode) =>
  effects.flatMap((effect: AgentRunEffect) => (effect.type === "pollLogs" ? effect.at : []));

describe("output of real work", () => {
  it("is looked at in the second in which it is written, the first of them ended", () => {
    const run = working();
    const startedAt = run.now;
    wrote(run, "a");
    wrote(run.passes(2_500), "ab");
    expect(polls(run).map((at) => at - startedAt)).toEqual([1_000, 3_000]);
    expect(looks(run.passes(1_000))).toEqual(["a", "ab"]);
  });

  it("is looked at once, however often it is written in a second", () => {
    const run = working();
    for (const text of ["a", "ab", "abc"]) wrote(run.passes(100), text);
    expect(looks(run.passes(10_000))).toEqual(["abc"]);
  });

  it("is looked at again when more is written at the moment of a look", () => {
    const run = wrote(working(), "a").passes(1_000);
    expect(looks(wrote(run, "ab").passes(1_000))).toEqual(["a", "ab"]);
  });

  it("is not looked at while nothing is written", () => {
    expect(polls(working().passes(10_000))).toEqual([]);
  });

  it("is not looked at when it goes to no log", () => {
    expect(polls(wrote(working({ isUploaded: true }), "a"))).toEqual([]);
  });

  it("is what its result says in the end", () => {
    const run = wrote(working(), "a").passes(1_000);
    run.happens({ type: "workEnded", at: run.now, result: succeeds({ stdout: "abc" }) });
    expect(looks(run)).toEqual(["a", "abc"]);
  });

  it("changes nothing before the work has begun", () => {
    const run = new RunOnNode(aRunContext({ isLogged: true }), { at: HANDED_AT });
    const { state } = run.passes(LATENCY.startDelay);
    expect(wrote(run, "a").state).toBe(state);
  });
});
