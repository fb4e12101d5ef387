import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const circular: Record<string, unknown> = {};
circular["self"] = circular;

/** What a JavaScript caller may hand in by mistake: much of it cannot be shown, compared or written as JSON. */
const ODD: readonly (readonly [what: string, value: unknown])[] = [
  ["an object whose toString is no function", { toString: 1 }],
  ["an object without a prototype", Object.create(null)],
  ["an object inside itself", circular],
  ["a bigint", 1n],
  ["a symbol", Symbol("odd")],
  ["null", null],
  ["a list", ["i-0123456789abcdef0"]],
  ["a text of a megabyte", "x".repeat(1024 * 1024)],
];

/** Asserts that it is refused by a sentence of ours that somebody can read. */
function expectRefused(act: () => unknown, sentence: RegExp) {
  expect(act).toThrow(TypeError);
  expect(act).toThrow(sentence);
  expect(act).not.toThrow(/.{600}/s);
}

describe.each(ODD)("%s", (_, odd) => {
  const value = odd as never;

  it("is refused as a resource group", () => {
    expectRefused(
      () => new FakeSsm().groups.set("web", value),
      /^The group "web" is .*\. Use "denied" or \{ instanceIds: /,
    );
  });

  it("is refused as the state of an alarm", () => {
    expectRefused(
      () => new FakeSsm().alarms.set("cpu", value),
      /^The state of alarm cpu is .*\. Use one of OK, ALARM, INSUFFICIENT_DATA, UNKNOWN\.$/,
    );
  });

  it("is refused as access", () => {
    expectRefused(() => new FakeSsm({ access: value }), /^access is .*\. Use "allowed"/);
  });

  it.each(["platform", "agent", "state", "logs"])("is refused as %s of a node", (member) => {
    expectRefused(
      () => new FakeSsm({ nodes: [{ [member]: value }] }),
      new RegExp(`^The ${member} of node i-00000000000000001 is .*\\. Use one of `),
    );
  });
});

// null counts as left out.
it.each(ODD.filter(([what]) => what !== "null"))("%s is refused as the id of a node", (_, odd) => {
  expectRefused(
    () => new FakeSsm({ nodes: [{ instanceId: odd as never }] }),
    /^The instance id .* is one that AWS would refuse\. Write /,
  );
});

describe.each<[what: string, group: unknown]>([
  ["without ids", {}],
  ["with one id", { instanceIds: "i-0123456789abcdef0" }],
  ["with ids that are no text", { instanceIds: [1] }],
])("a group %s", (_, group) => {
  it("is refused, and the one that was there stays", () => {
    const fake = new FakeSsm();
    const held = { instanceIds: ["i-0123456789abcdef0"] };
    fake.groups.set("web", held);
    expectRefused(() => fake.groups.set("web", group as never), /^The group "web" is /);
    expect(fake.groups.get("web")).toEqual(held);
  });
});

describe.each<[what: string, content: object]>([
  ["a bigint", { schemaVersion: "2.2", mainSteps: [1n] }],
  ["itself", circular],
  [
    "a getter that throws",
    {
      get mainSteps() {
        throw new RangeError("Not now.");
      },
    },
  ],
])("content that holds %s", (_, content) => {
  it("is refused by a sentence, with the reason as its cause", async () => {
    const error = await new FakeSsm().documents.add("App", content).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      "The content of the document App cannot be written as JSON. Give it text, or an object of plain data.",
    );
    expect(error.cause).toBeInstanceOf(Error);
  });
});
