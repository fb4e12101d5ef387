import {
  type AgentBehavior,
  byPlugin,
  FakeSsm,
  fails,
  hangs,
  inOrder,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { content, scriptStep } from "../documents/a-document.ts";

const NODE = "i-00000000000000001";
const timed = (name: string, timeoutSeconds = 60) =>
  scriptStep({ name, inputs: { runCommand: ["true"], timeoutSeconds } });
const THREE_STEPS = content({ mainSteps: ["first", "second", "third"].map((name) => timed(name)) });
const TWO_PROPERTIES = {
  schemaVersion: "1.2",
  runtimeConfig: {
    "aws:runShellScript": {
      properties: ["a", "b"].map((line) => ({
        id: line,
        runCommand: [line],
        timeoutSeconds: 60,
      })),
    },
  },
};

/** A command to one node, cancelled after a while if one is given, and what its plugins report a day later. */
async function reported(
  behavior: AgentBehavior,
  { document = THREE_STEPS as object, cancelAfter = undefined as `${number}s` | undefined } = {},
) {
  const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior }] });
  await fake.documents.add("App", document);
  const { Command } = await fake.sendCommand({ DocumentName: "App", InstanceIds: [NODE] });
  const CommandId = Command!.CommandId!;
  if (cancelAfter !== undefined) {
    await fake.clock.advance(cancelAfter);
    await fake.cancelCommand({ CommandId });
  }
  await fake.clock.advance("1d");
  const { CommandInvocations } = await fake.listCommandInvocations({ CommandId, Details: true });
  const plugins = CommandInvocations![0]!.CommandPlugins!;
  const apart = await Promise.all(
    plugins.map(({ Name }) =>
      fake.getCommandInvocation({ CommandId, InstanceId: NODE, PluginName: Name! }),
    ),
  );
  return apart.map((read) => ({
    status: read.StatusDetails,
    code: read.ResponseCode,
    stdout: read.StandardOutputContent,
    stderr: read.StandardErrorContent,
    ended: read.ExecutionEndDateTime,
  }));
}

const writing = {
  stdout: "start\n",
  writes: [
    { at: "10s", stdout: "ten\n", stderr: "careful\n" },
    { at: "20s", stdout: "twenty\n" },
  ],
} as const;

describe("a process that is cancelled", () => {
  it("keeps what it had written until then", async () => {
    const [first] = await reported(hangs(writing), { cancelAfter: "15s" });
    expect(first).toMatchObject({
      status: "Cancelled",
      code: 137,
      stdout: "start\nten\n",
      stderr: "careful\n",
    });
  });

  it("keeps what it writes while it dies", async () => {
    const [first] = await reported(hangs({ ...writing, killTakes: "10s" }), { cancelAfter: "15s" });
    expect([first?.stdout, first?.ended]).toEqual([
      "start\nten\ntwenty\n",
      "2024-01-01T00:00:25.000Z",
    ]);
  });

  it("leaves the steps before it as they ended, and those after it Cancelled with code 1", async () => {
    const behavior = byPlugin({ first: succeeds({ stdout: "done\n" }), second: hangs(writing) });
    const steps = await reported(behavior, { cancelAfter: "15s" });
    expect(steps).toMatchObject([
      { status: "Success", code: 0, stdout: "done\n" },
      { status: "Cancelled", code: 137, stdout: "start\nten\n" },
      { status: "Cancelled", code: 1, stdout: "", stderr: "" },
    ]);
  });

  it("keeps what its property objects had written, joined by newlines", async () => {
    const behavior = inOrder(succeeds({ stdout: "first" }), hangs(writing));
    const [plugin] = await reported(behavior, { document: TWO_PROPERTIES, cancelAfter: "15s" });
    expect(plugin).toMatchObject({
      status: "Cancelled",
      code: 137,
      stdout: "first\nstart\nten\n",
      stderr: "careful\n",
    });
  });
});

describe("a process that runs into its time-out", () => {
  it("keeps what it had written until then", async () => {
    const document = content({ mainSteps: [timed("first", 15)] });
    const [first] = await reported(hangs(writing), { document });
    expect(first).toMatchObject({
      status: "ExecutionTimedOut",
      code: 137,
      stdout: "start\nten\n",
      stderr: "careful\n",
    });
  });

  it("ends a while after its time-out when it takes its time to die", async () => {
    const document = content({ mainSteps: [timed("first", 15)] });
    const [first] = await reported(hangs({ ...writing, killTakes: "10s" }), { document });
    expect([first?.stdout, first?.ended]).toEqual([
      "start\nten\ntwenty\n",
      "2024-01-01T00:00:25.000Z",
    ]);
  });

  it("does not keep the later steps from running", async () => {
    const behavior = byPlugin({ second: hangs(writing) }, succeeds({ stdout: "done\n" }));
    const steps = await reported(behavior);
    expect(steps).toMatchObject([
      { status: "Success", stdout: "done\n" },
      { status: "ExecutionTimedOut", stdout: "start\nten\ntwenty\n" },
      { status: "Success", stdout: "done\n" },
    ]);
  });

  it("does not keep the next property object from running", async () => {
    const behavior = inOrder(hangs({ stdout: "first" }), succeeds({ stdout: "second" }));
    const [plugin] = await reported(behavior, { document: TWO_PROPERTIES });
    expect(plugin).toMatchObject({
      status: "ExecutionTimedOut",
      code: 137,
      stdout: "first\nsecond",
    });
  });
});

describe("several property objects", () => {
  const merged = async (...runs: readonly AgentBehavior[]) =>
    (await reported(inOrder(...runs), { document: TWO_PROPERTIES }))[0];

  it("are one plugin with their streams joined by newlines", async () => {
    const each = { stderr: "warning" };
    expect(
      await merged(succeeds({ stdout: "a", ...each }), succeeds({ stdout: "b", ...each })),
    ).toMatchObject({ status: "Success", stdout: "a\nb", stderr: "warning\nwarning" });
  });

  it("append to the same files without ids, so that the later ones show what the earlier wrote", async () => {
    const properties = ["a", "b"].map((line) => ({ runCommand: [line] }));
    const document = {
      schemaVersion: "1.2",
      runtimeConfig: { "aws:runShellScript": { properties } },
    };
    const behavior = inOrder(succeeds({ stdout: "a\n" }), fails({ stdout: "b\n", exitCode: 7 }));
    expect(await reported(behavior, { document })).toMatchObject([
      { code: 7, stdout: "a\n\na\nb\n", stderr: "failed to run commands: exit status 7" },
    ]);
  });

  it("have no newline of their own where nothing was written", async () => {
    expect(await merged(succeeds(), succeeds())).toMatchObject({ stdout: "", stderr: "" });
  });

  it("fail with the first code that is not 0", async () => {
    expect(await merged(fails({ exitCode: 7 }), fails({ exitCode: 3 }))).toMatchObject({
      status: "Failed",
      code: 7,
    });
  });
});

describe("a script that exits with 168", () => {
  it("has no stderr, and skips the steps after it", async () => {
    const behavior = byPlugin({ first: fails({ exitCode: 168, stdout: "out", stderr: "err" }) });
    expect(await reported(behavior)).toMatchObject([
      { status: "Success", code: 168, stderr: "" },
      { status: "Success", code: 0 },
      { status: "Success", code: 0 },
    ]);
  });
});
