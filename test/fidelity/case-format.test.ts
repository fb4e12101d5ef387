import { describe, expect, it } from "vitest";
import { caseJson, parsedCase, readyCase } from "./a-case.ts";
import { parseCases } from "./case-format.ts";

const node = { instanceId: "i-0b3d5f7a9c1e40001" };
const call = { at: "0s", call: "ListCommands", input: {}, answer: { Commands: [] } };
const list = { at: "0s", list: "ListCommands", input: {}, items: [] };
const logs = { at: "0s", read: "logs", group: "g", exists: false };
const rollout = { at: "0s", read: "rollout", command: "c", inFlight: 0 };
const run = (runs: object) => ({ nodes: [{ ...node, runs }] });
const step = (...steps: readonly object[]) => ({ steps });

function whyNot(over: object): string | undefined {
  const parsed = parsedCase(over);
  return parsed.ok ? undefined : parsed.why;
}

describe("a case", () => {
  it.each([
    ["case", { titel: "" }, "titel"],
    ["case.nodes.0", { nodes: [{ ...node, platfrom: "Linux" }] }, "platfrom"],
    ["case.nodes.0.agent", { nodes: [{ ...node, agent: { until: "1s" } }] }, "until"],
    ["case.nodes.0.runs", run({ take: "1s" }), "take"],
    ["case.nodes.0.runs", run({ byPlugin: {}, takes: "1s" }), "takes"],
    ["case.nodes.0.runs.stderr.0", run({ stderr: [{ after: "1s", text: "", at: "1s" }] }), "at"],
    ["case.nodes.0.runs.byPlugin.a", run({ byPlugin: { a: { x: 1 } } }), "x"],
    ["case.nodes.0.runs.inTurn.0", run({ inTurn: [{ x: 1 }] }), "x"],
    ["case.documents.0", { documents: [{ name: "d", content: {}, version: 1 }] }, "version"],
    ["case.account", { account: { buckets: [] } }, "buckets"],
    ["case.settings", { settings: { replyDelayMs: "1s" } }, "replyDelayMs"],
    ["case.steps.0", step({ ...call, answers: {} }), "answers"],
    [
      "case.steps.0.refused",
      step({ ...call, answer: undefined, refused: { name: "A", code: 1 } }),
      "code",
    ],
    ["case.steps.0", step({ ...list, absent: ["a"] }), "absent"],
    ["case.steps.0.change", step({ at: "0s", change: { node: "i", name: "" } }, call), "name"],
    [
      "case.steps.0.change.alarm",
      step({ at: "0s", change: { alarm: { name: "a", state: "OK", x: 1 } } }, call),
      "x",
    ],
    ["case.steps.0", step({ ...logs, text: "" }), "text"],
    ["case.steps.0", step({ ...rollout, window: 1 }), "window"],
    [
      "case.steps.0.objects.0",
      step({ at: "0s", read: "objects", bucket: "b", objects: [{ key: "k", text: "" }] }),
      "text",
    ],
    [
      "case.steps.0.messages.0",
      step({ at: "0s", read: "notifications", topic: "t", messages: [{ text: "" }] }),
      "text",
    ],
  ])("whose %s has a key that the format does not name is refused: %o", (path, over, key) => {
    expect(whyNot(over)).toContain(`${path} has the unknown key "${key}".`);
  });

  it.each([
    ["case.settings.errorLimit", { settings: { errorLimit: "passed" } }],
    ["case.settings.replyDelay", { settings: { replyDelay: 3 } }],
    ["case.settings.pendingInvocationQuota", { settings: { pendingInvocationQuota: "many" } }],
    ["case.nodes.0.instanceId", { nodes: [{ instanceId: "web-1" }] }],
    ["case.nodes.0.count", { nodes: [{ ...node, count: 0 }] }],
    ["case.nodes.0.agent", { nodes: [{ ...node, agent: "asleep" }] }],
    ["case.nodes.0.runs.takes", run({ takes: "5" })],
    ["case.account.alarms.cpu", { account: { alarms: { cpu: "LOUD" } } }],
    ["case.account.denied.0", { account: { denied: ["s3:PutObject"] } }],
    ["case.steps.0.at", step({ ...call, at: "soon" })],
    ["case.steps.0.call", step({ ...call, call: "DeleteCommand" })],
    ["case.steps.0.save", step({ ...call, save: "nodes" })],
    ["case.steps.0.read", step({ ...logs, read: "traces" })],
  ])("whose %s has a value that the format does not know is refused", (path, over) => {
    expect(whyNot(over)).toMatch(new RegExp(`^${path} is .*, and has to be .*\\.$`));
  });

  it.each([
    ["has no steps", step()],
    ["only changes the account", step({ at: "0s", change: { alarm: { name: "a", state: "OK" } } })],
    ["accepts every answer", step({ ...call, answer: {} })],
    ["looks at a rollout and expects nothing", step({ at: "0s", read: "rollout", command: "c" })],
  ])("that %s asserts nothing, and is refused", (_, over) => {
    expect(whyNot(over)).toContain("asserts nothing.");
  });

  it.each([
    ["an answer and a refusal", step({ ...call, refused: { name: "A" } }), "answer and refused"],
    ["neither", step({ ...call, answer: undefined }), "answer and refused"],
    ["items and groups", step({ ...list, groups: {} }), "items and groups"],
    ["streams of a group that is not there", step({ ...logs, streams: [] }), "streams and exists"],
  ])("with a step that expects %s is refused", (_, over, keys) => {
    expect(whyNot(over)).toBe(`case.steps.0 has to have exactly one of ${keys}.`);
  });

  it("with a step that is two things at once is refused", () => {
    expect(whyNot(step({ ...call, ...list }))).toContain(
      "case.steps.0 has to be exactly one of call, list, change, read",
    );
  });

  it("whose time goes back is refused", () => {
    expect(whyNot(step({ ...call, at: "2s" }, { ...call, at: "1999ms" }))).toBe(
      "case.steps.1.at goes back in time, from 2s to 1999ms.",
    );
  });

  it("that changes nothing of a node is refused", () => {
    const over = step({ at: "0s", change: { node: node.instanceId } }, call);
    expect(whyNot(over)).toBe("case.steps.0.change changes nothing.");
  });

  it.each([
    [
      "answer",
      step({ ...call, answer: { Commands: { $len: 1 } } }),
      "case.steps.0.answer.Commands",
    ],
    [
      "refusal",
      step({ ...call, answer: undefined, refused: { name: "A", message: { $is: "" } } }),
      "case.steps.0.refused.message",
    ],
    ["list", step({ ...list, items: [{ $is: 1 }] }), "case.steps.0.items.0"],
    [
      "group",
      step({ ...list, items: undefined, groups: { Failed: { count: 1, Status: { $is: 1 } } } }),
      "case.steps.0.groups.Failed.Status",
    ],
    [
      "stream",
      step({ ...logs, exists: undefined, streams: [{ name: "n", text: { $is: 1 } }] }),
      "case.steps.0.streams.0.text",
    ],
  ])("with an unknown operator in the pattern of a %s is refused", (_, over, path) => {
    expect(whyNot(over)).toMatch(new RegExp(`^${path}: "\\$\\w+" is no operator of a pattern\\.$`));
  });

  it("with an operator that was given what it does not take is refused", () => {
    expect(whyNot(step({ ...call, answer: { A: { $match: "(" } } }))).toBe(
      "case.steps.0.answer.A: $match takes a regular expression as text.",
    );
  });
});

describe("a long text", () => {
  it("stands for the text that it describes, wherever one may stand", () => {
    const { nodes } = readyCase(run({ stdout: { $repeat: "ab", times: 3 } }));
    expect(nodes?.[0]?.runs).toEqual({ stdout: "ababab" });
  });

  it("that lacks its number is refused", () => {
    expect(whyNot(run({ stdout: { $repeat: "ab" } }))).toBe(
      '{"$repeat":"ab"} is no long text. Write { "$repeat": text, "times": number }.',
    );
  });
});

describe("a file", () => {
  it("with one bad case keeps the others", () => {
    const cases = [caseJson(), caseJson({ id: "Z02", titel: "" }), caseJson({ id: "Z03" })];
    const parsed = parseCases(JSON.stringify({ format: 2, cases }));
    expect(parsed.map(({ id, ok }) => [id, ok])).toEqual([
      ["Z01", true],
      ["Z02", false],
      ["Z03", true],
    ]);
  });

  it("names a case without an id by its place", () => {
    const [parsed] = parseCases('{ "format": 2, "cases": [7] }');
    expect(parsed).toEqual({
      ok: false,
      id: "number 1",
      why: "case is 7, and has to be an object.",
    });
  });

  it.each([
    ["no JSON", "{", /^A file of cases has to be JSON, and this is not: .*\.$/],
    ["another format", '{ "format": 1, "cases": [] }', /^A file of cases has to be \{ "format": 2/],
    ["no list", '{ "format": 2, "cases": {} }', /^A file of cases has to be \{ "format": 2/],
    [
      "another key",
      '{ "format": 2, "cases": [], "by": "" }',
      /^A file of cases has no key "by"\.$/,
    ],
  ])("that is broken as a whole (%s) is refused in one sentence", (_, text, sentence) => {
    expect(() => parseCases(text)).toThrow(sentence);
  });
});
