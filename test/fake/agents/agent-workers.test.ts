import { describe, expect, it } from "vitest";
import { holdsWorker, nextOfferAt, placeIn } from "../../../src/fake/agents/agent-workers.ts";
import { hangs, reboots, succeeds } from "../../../src/fake/agents/behavior.ts";
import type { PluginResult } from "../../../src/fake/agents/plugin-result.ts";
import { RunOnNode } from "../../support/run-on-node.ts";
import { content } from "../documents/a-document.ts";
import { aRunContext, HANDED_AT, LATENCY, stepsNamed } from "./a-run-context.ts";

const LIMITS = { agentWorkers: 5, agentQueue: 5 };
const SILENT = { type: "neverReplies" } as const;

describe("the place of one more document", () => {
  it.each([
    ["a worker", { running: 4, queued: 0 }, "worker"],
    ["the queue, when all workers are busy", { running: 5, queued: 0 }, "queue"],
    ["the queue, behind what waits for a worker that is free", { running: 4, queued: 1 }, "queue"],
    ["the queue, up to its last place", { running: 5, queued: 4 }, "queue"],
    ["none, when both are full", { running: 5, queued: 5 }, "full"],
  ] as const)("is %s", (_, load, place) => {
    expect(placeIn(load, LIMITS)).toBe(place);
  });

  it("is none beside the workers when nothing is held", () => {
    expect(placeIn({ running: 5, queued: 0 }, { ...LIMITS, agentQueue: 0 })).toBe("full");
  });
});

describe("a worker", () => {
  const run = (...results: readonly PluginResult[]) =>
    new RunOnNode(aRunContext(), { at: HANDED_AT, results });

  it("is busy from the start to the end of the document, not while its reply is on the way", () => {
    const one = run(succeeds({ after: "5s" }));
    const seen = [[one.state.stage, holdsWorker(one.state)]];
    for (const ms of [LATENCY.startDelay, 5_000, LATENCY.replyDelay]) {
      one.passes(ms);
      seen.push([one.state.stage, holdsWorker(one.state)]);
    }
    expect(seen).toEqual([
      ["starting", true],
      ["running", true],
      ["replying", false],
      ["gone", false],
    ]);
  });

  it.each(["queue", "unreachable", "full"] as const)(
    "is not busy with a run whose place is %s",
    (place) => {
      const { state } = new RunOnNode(aRunContext(), { at: HANDED_AT, place });
      expect(holdsWorker(state)).toBe(false);
    },
  );

  it("is busy while the behavior is asked", () => {
    expect(holdsWorker(run().passes(LATENCY.startDelay).state)).toBe(true);
  });

  it("is free when its agent is not heard of again", () => {
    expect(holdsWorker(run(SILENT).passes(LATENCY.startDelay).state)).toBe(false);
  });

  it.each([
    ["busy with", hangs(), true],
    ["free of one that is not heard of in", SILENT, false],
  ])("is %s a document within a step", (_, result, isBusy) => {
    const step = {
      ...{ name: "outer", action: "aws:runDocument" },
      inputs: { documentType: "SSMDocument", documentPath: "Inner" },
    };
    const context = aRunContext({
      document: content({ mainSteps: [step] }),
      children: { Inner: stepsNamed("inner") },
    });
    const one = new RunOnNode(context, { at: HANDED_AT, results: [result] });
    expect(holdsWorker(one.passes(LATENCY.startDelay).state)).toBe(isBusy);
  });

  it("is free of a document that reboots for the fifteenth time", () => {
    const results = Array.from({ length: 15 }, () => reboots({ takes: "1s" }));
    const one = new RunOnNode(aRunContext(), { at: HANDED_AT, results });
    const before = holdsWorker(one.passes(13_500).state);
    expect([before, holdsWorker(one.passes(60_000).state)]).toEqual([true, false]);
  });
});

describe("a command that an agent had no place for", () => {
  it.each([
    ["at 10 s, when there is a place at once", 0, 10],
    ["at 10 s, when there is a place by then", 9, 10],
    ["at 10 s, when there is a place just then", 10, 10],
    ["at 20 s, when there is a place after 10 s", 10.001, 20],
    ["at 120 s, when there is a place after 111 s", 111, 120],
  ])("is offered again %s", (_, freeAt, offeredAt) => {
    expect(nextOfferAt(5_000, 5_000 + freeAt * 1_000)).toBe(5_000 + offeredAt * 1_000);
  });
});
