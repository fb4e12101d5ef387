import {
  type AgentBehavior,
  byDocument,
  byPlugin,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  inOrder,
  killed,
  succeeds,
  when,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const NODE = "i-00000000000000001";

/** Two steps, the second of which runs even when the first has failed. */
const RELEASE = {
  schemaVersion: "2.2",
  mainSteps: ["install", "verify"].map((name) => ({
    name,
    action: "aws:runShellScript",
    inputs: { runCommand: [`./${name}.sh`] },
  })),
};

/** Runs a document on one node, and returns the result of each of its plugins. */
async function pluginsOf(options: FakeSsmOptions, DocumentName = "release") {
  const fake = new FakeSsm({ latency: "instant", nodes: [{}], ...options });
  await fake.documents.add("release", RELEASE);
  const Parameters = DocumentName === "release" ? {} : { commands: ["./migrate.sh"] };
  await fake.sendCommand({ DocumentName, InstanceIds: [NODE], Parameters });
  const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
  const { CommandPlugins = [] } = CommandInvocations?.[0] ?? {};
  return CommandPlugins.map(({ Name, ResponseCode }) => `${Name} ${ResponseCode}`);
}

const onNode = (behavior: AgentBehavior) => ({ nodes: [{ behavior }] });
const seven = fails({ exitCode: 7 });
const eight = fails({ exitCode: 8 });

describe("byPlugin", () => {
  it("picks by the step's name in a document of schema 2.2", async () => {
    expect(await pluginsOf(onNode(byPlugin({ install: seven, verify: eight })))).toEqual([
      "install 7",
      "verify 8",
    ]);
  });

  it("picks by the action in a document of schema 1.2", async () => {
    const behavior = byPlugin({ "aws:runShellScript": seven });
    expect(await pluginsOf(onNode(behavior), "AWS-RunShellScript")).toEqual([
      "aws:runShellScript 7",
    ]);
  });

  it("takes otherwise for plugins that are not listed", async () => {
    expect(await pluginsOf(onNode(byPlugin({ install: seven }, eight)))).toEqual([
      "install 7",
      "verify 8",
    ]);
  });

  it("takes the fake's behavior for plugins that are not listed", async () => {
    const behavior = byPlugin({ install: seven });
    expect(await pluginsOf({ ...onNode(behavior), behavior: eight })).toEqual([
      "install 7",
      "verify 8",
    ]);
  });

  it("does not take a member of every object for a plugin of that name", async () => {
    const RUN = {
      schemaVersion: "2.2",
      mainSteps: [RELEASE.mainSteps[0], { ...RELEASE.mainSteps[0], name: "toString" }],
    };
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: byPlugin({ install: succeeds() }) }],
    });
    await fake.documents.add("odd", RUN);
    await fake.sendCommand({ DocumentName: "odd", InstanceIds: [NODE] });
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });
});

describe("byDocument", () => {
  it("picks by the name that the request uses", async () => {
    const behavior = byDocument({ release: seven, "AWS-RunShellScript": eight });
    expect([
      await pluginsOf(onNode(behavior)),
      await pluginsOf(onNode(behavior), "AWS-RunShellScript"),
    ]).toEqual([["install 7", "verify 7"], ["aws:runShellScript 8"]]);
  });

  it("takes otherwise for documents that are not listed", async () => {
    const behavior = byDocument({ release: seven }, eight);
    expect(await pluginsOf(onNode(behavior), "AWS-RunShellScript")).toEqual([
      "aws:runShellScript 8",
    ]);
  });
});

describe("when", () => {
  const installs = when(({ plugin }) => plugin.name === "install", seven);

  it("holds for the runs that it picks, and the fake's behavior for the others", async () => {
    expect(await pluginsOf({ ...onNode(installs), behavior: eight })).toEqual([
      "install 7",
      "verify 8",
    ]);
  });

  it("takes otherwise for the runs that it does not pick", async () => {
    const never = when(() => false, seven, eight);
    expect(await pluginsOf(onNode(never))).toEqual(["install 8", "verify 8"]);
  });

  it("receives the script", async () => {
    const migrates = when(({ script }) => script?.includes("migrate") ?? false, seven);
    expect([
      await pluginsOf(onNode(migrates)),
      await pluginsOf(onNode(migrates), "AWS-RunShellScript"),
    ]).toEqual([["install 0", "verify 0"], ["aws:runShellScript 7"]]);
  });
});

describe("choices", () => {
  it("stand in one another", async () => {
    const behavior = byDocument({
      release: byPlugin({ install: when(() => true, inOrder(seven, eight)) }, killed()),
    });
    expect(await pluginsOf(onNode(behavior))).toEqual(["install 7", "verify -1"]);
  });

  it("end in a function as well as in data", async () => {
    const behavior = byPlugin({ install: ({ attempt }) => fails({ exitCode: 40 + attempt }) });
    expect(await pluginsOf(onNode(behavior))).toEqual(["install 41", "verify 0"]);
  });

  it.each<[string, AgentBehavior]>([
    ["byPlugin", byPlugin({ install: seven })],
    ["byDocument", byDocument({ "AWS-RunPatchBaseline": seven })],
    ["when", when(({ plugin }) => plugin.name === "install", seven)],
  ])("that are the fake's own behavior and pick nothing let a node succeed: %s", async (_, own) => {
    expect((await pluginsOf({ behavior: own })).at(-1)).toBe("verify 0");
  });

  it.each<[string, AgentBehavior]>([
    ["byPlugin", byPlugin({ install: { type: "exits", after: "90" as never } })],
    ["byPlugin, otherwise", byPlugin({}, { type: "exits", after: "90" as never })],
    ["byDocument", byDocument({ release: { type: "exits", after: "90" as never } })],
    ["when", when(() => false, { type: "exits", after: "90" as never })],
    ["when, otherwise", when(() => true, succeeds(), { type: "exits", after: "90" as never })],
  ])("are checked when they are given: %s", (_, behavior) => {
    expect(() => new FakeSsm(onNode(behavior))).toThrow(
      `after of the behavior of ${NODE} is "90", which is not a duration.`,
    );
  });
});
