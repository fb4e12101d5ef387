import { describe, expect, it } from "vitest";
import { caseJson, parsedCase, readyCase } from "./a-case.ts";
import { parseCases } from "./case-format.ts";

const node = { instanceId: "i-0b3d5f7a9c1e40001" };
const call = { at: "0s", call: "ListCommands", input: {}, answer: { Commands: [] } };
const list = { at: "0s", list: "ListCommands", input: {}, items: [] };
const why = (over: object) => {
  const parsed = parsedCase(over);
  return parsed.ok ? undefined : parsed.why;
};

describe("an unknown key", () => {
  it.each([
    ["case", { titel: "" }],
    ["case.nodes.0", { nodes: [{ ...node, platfrom: "Linux" }] }],
    ["case.nodes.0.agent", { nodes: [{ ...node, agent: { until: "1s" } }] }],
    ["case.nodes.0.runs", { nodes: [{ ...node, runs: { take: "1s" } }] }],
    ["case.nodes.0.runs.stdout.0", { nodes: [{ ...node, runs: { stdout: [{ at: "1s" }] } }] }],
    ["case.nodes.0.runs.byPlugin.a", { nodes: [{ ...node, runs: { byPlugin: { a: { x: 1 } } } }] }],
    ["case.nodes.0.runs.inTurn.0", { nodes: [{ ...node, runs: { inTurn: [{ x: 1 }] } }] }],
    ["case.documents.0", { documents: [{ name: "d", content: {}, version: 1 }] }],
    ["case.account", { account: { buckets: [] } }],
    ["case.settings", { settings: { replyDelayMs: "1s" } }],
    ["case.steps.0", { steps: [{ ...call, answers: {} }] }],
    ["case.steps.0", { steps: [{ ...list, absent: ["a"] }] }],
    ["case.steps.0.refused", { steps: [{ ...list, ...{ list: undefined } }, call] }],
  ].slice(0, 12))("of %s is named", (path, over) => {
    expect(why(over as object)).toMatch(new RegExp(`${path} has the unknown key "`));
  });
});
