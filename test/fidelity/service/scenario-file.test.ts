import { describe, expect, it } from "vitest";
import { fileOf, readyScenario, scenarioJson } from "./a-scenario.ts";
import { parseScenarios } from "./scenario-file.ts";

const call = { label: "listed", op: "ListCommands", input: { MaxResults: 1 } };
const facts = { label: "facts", document: "AWS-RunShellScript", facts: { schemaVersion: "1.2" } };
const behavior = { type: "exits", exitCode: 0 };

function stepOf(step: object): unknown {
  return readyScenario({ steps: [step] }).steps[0];
}

function refusalOf(over: object): string {
  try {
    parseScenarios(fileOf(scenarioJson(over)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "accepted";
}

describe("a file of scenarios", () => {
  it("is read in order", () => {
    const read = parseScenarios(fileOf(scenarioJson(), scenarioJson({ id: "a/second" })));
    expect(read.map(({ id }) => id)).toEqual(["a/scenario", "a/second"]);
  });

  it.each([
    ["no JSON", "{", /JSON/],
    ["a list", "[]", "it has no list of scenarios"],
    ["without scenarios", '{ "family": "a" }', "it has no list of scenarios"],
    ["with scenarios that are no list", '{ "scenarios": {} }', "it has no list of scenarios"],
    [
      "with a scenario that is none",
      '{ "scenarios": [7] }',
      "a scenario is 7, and has to be an object",
    ],
    [
      "with a scenario without an id",
      '{ "scenarios": [{ "steps": [] }] }',
      "the id of a scenario is nothing, and has to be text",
    ],
  ])("that is %s is refused", (_, content, sentence) => {
    expect(() => parseScenarios(content)).toThrow(sentence);
  });
});

describe("a scenario", () => {
  it("has what its file says, without its source", () => {
    const source = { repository: "a/b", date: "2026-10-01" };
    const setup = { accountId: "000000000000", consistency: "measured" };
    expect(readyScenario({ title: "A title", source, setup })).toEqual({
      id: "a/scenario",
      title: "A title",
      setup,
      steps: [expect.objectContaining({ label: "listed" })],
    });
  });

  it("may lack a title and a setup", () => {
    const { title, setup } = readyScenario({ setup: undefined });
    expect([title, setup]).toEqual(["", {}]);
  });

  it.each([
    [{ titel: "" }, '"titel" is none of id, title, source, setup, steps'],
    [{ title: 1 }, "title is 1, and has to be text"],
    [{ setup: [] }, "setup is [], and has to be an object"],
    [
      { setup: { latency: "measured" } },
      '"latency" is none of accountId, region, settings, nodes, behavior, consistency, documents, alarms, groups',
    ],
    [{ steps: [] }, "it has no steps"],
    [{ steps: {} }, "it has no steps"],
    [{ steps: ["5s"] }, 'a step is "5s", and has to be an object'],
  ])("with %j is refused, and named", (over, sentence) => {
    expect(refusalOf(over)).toBe(`a/scenario: ${sentence}`);
  });
});

describe("a step", () => {
  it.each([
    [{ advance: "5s" }, { type: "advance", by: "5s" }],
    [
      { node: "i-1", do: "goOffline" },
      { type: "node", node: "i-1", does: "goOffline" },
    ],
    [
      { node: "i-1", do: "comeBack" },
      { type: "node", node: "i-1", does: "comeBack" },
    ],
    [
      { node: "i-1", behavior },
      { type: "behavior", node: "i-1", behavior },
    ],
    [
      { alarm: "cpu", state: "ALARM" },
      { type: "alarm", alarm: "cpu", state: "ALARM" },
    ],
    [
      { prepare: true, op: "ListCommands" },
      { type: "prepare", call: { operation: "ListCommands", input: {} } },
    ],
    [
      { ...call, ok: {} },
      {
        type: "call",
        label: "listed",
        call: { operation: "ListCommands", input: { MaxResults: 1 } },
        expected: { ok: {} },
      },
    ],
    [facts, { type: "facts", ...facts }],
  ])("%j is read", (step, read) => {
    expect(stepOf(step)).toEqual(read);
  });

  it("keeps all that is expected of a call", () => {
    const between = { from: "earliest A", to: "latest B", seconds: [1, 2] };
    const expected = { shows: { A: 1 }, expires: 60, between };
    expect(stepOf({ ...call, ...expected })).toMatchObject({ expected });
  });

  it.each([
    [{ wait: "5s" }, "a step has only wait"],
    [{ advance: 5 }, "advance is 5, and has to be text"],
    [{ advance: "5s", ...call, ok: {} }, '"label" is none of advance'],
    [{ node: "i-1", do: "reboot" }, 'do is "reboot"'],
    [{ node: "i-1" }, "do is nothing"],
    [{ node: 1, do: "goOffline" }, "node is 1, and has to be text"],
    [{ node: "i-1", does: "goOffline" }, '"does" is none of node, do, behavior'],
    [{ alarm: "cpu" }, "state is nothing, and has to be text"],
    [{ alarm: "cpu", state: "OK", at: 1 }, '"at" is none of alarm, state'],
    [{ prepare: false, op: "ListCommands" }, "prepare is false"],
    [{ prepare: true }, "op is nothing, and has to be text"],
    [{ prepare: true, op: "ListCommands", ok: {} }, '"ok" is none of prepare, op, input, label'],
    [{ ...call, label: undefined, ok: {} }, "label is nothing, and has to be text"],
    [{ ...call, input: [], ok: {} }, "input is [], and has to be an object"],
    [call, "a call has nothing that is expected of it"],
    [
      { ...call, show: {} },
      '"show" is none of op, label, input, ok, shows, refused, expires, between',
    ],
    [{ ...call, ok: null }, "ok is null, and has to be an object"],
    [{ ...call, shows: null }, "shows is null, and has to be an object"],
    [{ ...call, refused: "a" }, 'refused is "a", and has to be an object'],
    [{ ...call, between: null }, "between is null, and has to be an object"],
    [{ ...call, refused: { type: "A", code: 1 } }, '"code" is none of type, text, member'],
    [
      { ...call, shows: {}, between: { from: "a", to: "b", within: [1, 2] } },
      '"within" is none of from, to, seconds',
    ],
    [{ ...facts, facts: [] }, "facts is [], and has to be an object"],
    [{ ...facts, fact: {} }, '"fact" is none of document, label, facts'],
  ])("%j is refused with a clear message", (step, sentence) => {
    expect(refusalOf({ steps: [step] })).toBe(`a/scenario: ${sentence}`);
  });
});
