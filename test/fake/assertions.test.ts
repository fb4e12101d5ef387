import { runShellScript, tagTargets } from "ssm-run-command";
import {
  AssertionError,
  assertReached,
  assertSent,
  assertSucceeded,
  FakeSsm,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";
import { thrownBy } from "../support/said-by.ts";

const [NODE, OTHER] = ["i-00000000000000001", "i-00000000000000002"];

const UNCALLED =
  "\n\nNo call has reached this fake: await the code that makes it, and give that code this fake, or a client of it.";

/** A fake with a command to all of its nodes, and that command's id. */
async function aCommand(...nodes: readonly NodeOptions[]) {
  const fake = new FakeSsm({ latency: "instant", nodes });
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const send = async (script: string) => {
    const { Command } = await fake.sendCommand({ ...runShellScript(script), InstanceIds });
    return Command?.CommandId ?? "";
  };
  return { fake, send, commandId: await send("./deploy.sh") };
}

/** What an assertion throws. */
function failureOf(assertion: () => void): AssertionError {
  const error = thrownBy(assertion);
  if (error instanceof AssertionError) return error;
  throw error;
}

/** The first line of the message of an assertion, and the lines below the empty one: the timeline. */
function saidBy(assertion: () => void) {
  const [first, , ...timeline] = failureOf(assertion).message.split("\n");
  return { first, timeline };
}

describe("assertSent holds", () => {
  it.each([
    ["for any command", undefined],
    ["by the document", { document: "AWS-RunShellScript" }],
    ["by instance ids, in any order", { targets: [OTHER, NODE] }],
    ["by a parameter", { parameters: { commands: ["./deploy.sh"] } }],
    ["by no parameter at all", { parameters: {} }],
  ])("%s", async (_, expected) => {
    const { fake } = await aCommand({}, {});
    expect(() => assertSent(fake, expected)).not.toThrow();
  });

  it("by targets, in any order", async () => {
    const { fake } = await aCommand({});
    await fake.sendCommand({
      ...runShellScript("./deploy.sh"),
      Targets: tagTargets({ Role: "web", Env: ["prod", "test"] }),
    });
    const targets = tagTargets({ Env: ["prod", "test"], Role: "web" });
    expect(() => assertSent(fake, { targets })).not.toThrow();
  });

  it("by targets whose members were written the other way round", async () => {
    const { fake } = await aCommand({});
    await fake.sendCommand({
      ...runShellScript("./deploy.sh"),
      Targets: tagTargets({ Role: "web" }),
    });
    const targets = [{ Values: ["web"], Key: "tag:Role" }];
    expect(() => assertSent(fake, { targets })).not.toThrow();
  });

  it("for a command that is not the latest", async () => {
    const { fake, send } = await aCommand({});
    await send("./other.sh");
    const parameters = { commands: ["./deploy.sh"] };
    expect(() => assertSent(fake, { parameters })).not.toThrow();
  });
});

describe("assertSent fails", () => {
  it("when nothing was sent", () => {
    expect(
      failureOf(() => assertSent(new FakeSsm({ latency: "instant" }), { document: "release" }))
        .message,
    ).toBe(`No command like {"document":"release"} was sent. Nothing was sent.${UNCALLED}`);
  });

  it("when what was sent was refused", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    await rejectionOf(fake.sendCommand({ DocumentName: "release", InstanceIds: [NODE] }));
    const { first, timeline } = saidBy(() => assertSent(fake));
    expect([first, timeline]).toEqual(["No command was sent.", fake.timeline().split("\n")]);
    expect(fake.timeline()).toContain("InvalidDocument: (FakeSsm has no document release.");
  });

  it("with what was sent instead, and the timeline", async () => {
    const { fake } = await aCommand({});
    const { first, timeline } = saidBy(() => assertSent(fake, { document: "release" }));
    expect([first, timeline]).toEqual([
      `No command like {"document":"release"} was sent. Sent was: {"document":"AWS-RunShellScript","targets":["${NODE}"]}. It differs in document.`,
      fake.timeline().split("\n"),
    ]);
  });

  it("with all that was sent", async () => {
    const { fake, send } = await aCommand({});
    await send("./other.sh");
    const { message } = failureOf(() => assertSent(fake, { document: "release" }));
    const sent = `{"document":"AWS-RunShellScript","targets":["${NODE}"]}`;
    expect(message.split("\n").slice(0, 3)).toEqual([
      'No command like {"document":"release"} was sent. Sent were:',
      `  1. ${sent} differs in document`,
      `  2. ${sent} differs in document`,
    ]);
  });

  it.each([
    ["another document", { document: "release" }],
    ["one node of two", { targets: [NODE] }],
    ["another parameter", { parameters: { commands: ["./other.sh"] } }],
    ["a parameter that was not sent", { parameters: { workingDirectory: ["/srv"] } }],
    ["the right document with other targets", { document: "AWS-RunShellScript", targets: [OTHER] }],
  ])("for %s", async (_, expected) => {
    const { fake } = await aCommand({}, {});
    expect(failureOf(() => assertSent(fake, expected))).toBeInstanceOf(AssertionError);
  });

  it("without the parameters that nobody asked about", async () => {
    const { fake } = await aCommand({});
    const { message, actual } = failureOf(() => assertSent(fake, { document: "release" }));
    expect(message + JSON.stringify(actual)).not.toContain("deploy.sh");
  });

  it("with the parameter that was asked about, and without the others", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    const script = runShellScript("login hunter2", { workingDirectory: "/srv" });
    await fake.sendCommand({ ...script, InstanceIds: [NODE] });
    const { actual } = failureOf(() =>
      assertSent(fake, { parameters: { workingDirectory: ["/opt"] } }),
    );
    expect(actual).toEqual([
      {
        document: "AWS-RunShellScript",
        targets: [NODE],
        parameters: { commands: ["(hidden)"], workingDirectory: ["/srv"] },
      },
    ]);
  });
});

describe("assertReached holds", () => {
  it("when an invocation has that detail", async () => {
    const { fake } = await aCommand({ behavior: fails() }, {});
    expect(() => assertReached(fake, "Failed")).not.toThrow();
  });

  it("when the invocation on that node has that detail", async () => {
    const { fake } = await aCommand({ behavior: fails() }, {});
    expect(() => assertReached(fake, "Success", { on: OTHER })).not.toThrow();
  });

  it("when it was sent to the node, however it ended", async () => {
    const { fake } = await aCommand({ behavior: fails() });
    expect(() => assertReached(fake, "InProgress")).not.toThrow();
  });

  it("when it was Delayed for a while", async () => {
    const { fake } = await aCommand({ agent: "unreachable" });
    await fake.clock.advance("3h");
    expect(() => assertReached(fake, "Delayed")).not.toThrow();
  });

  it("for a command that is not the latest", async () => {
    const { fake, send, commandId } = await aCommand({ behavior: fails() });
    fake.nodes.list()[0]!.behavior = succeeds();
    await send("./other.sh");
    expect(() => assertReached(fake, "Failed", { commandId })).not.toThrow();
  });

  it("for what is due at this moment", async () => {
    const { fake } = await aCommand({ agent: "undeliverable" });
    expect(() => assertReached(fake, "Undeliverable")).not.toThrow();
  });
});

const UNDER_WAY =
  'It is still under way: wait for it, call `await fake.clock.advance("1s")`, or make a fake that is not late, `new FakeSsm({ latency: "instant" })`.';

describe("assertReached fails", () => {
  it("with the details of the invocations, and the timeline", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails() }, { behavior: hangs() });
    const { first, timeline } = saidBy(() => assertReached(fake, "DeliveryTimedOut"));
    expect([first, timeline]).toEqual([
      `Command ${commandId} has not reached DeliveryTimedOut: ${NODE} is Failed, ${OTHER} is InProgress.`,
      [UNDER_WAY, "", ...fake.timeline().split("\n")],
    ]);
  });

  it("with the detail of the invocation on that node", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails() }, { behavior: hangs() });
    expect(saidBy(() => assertReached(fake, "Failed", { on: OTHER })).first).toBe(
      `Command ${commandId} has not reached Failed on ${OTHER}: ${OTHER} is InProgress.`,
    );
  });

  it("when the command did not go to that node", async () => {
    const { fake, commandId } = await aCommand({});
    fake.nodes.add({ instanceId: OTHER });
    expect(saidBy(() => assertReached(fake, "Failed", { on: OTHER })).first).toBe(
      `Command ${commandId} has not reached Failed on ${OTHER}: it has no invocation on ${OTHER}.`,
    );
  });

  it("when the command went nowhere", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const Targets = tagTargets({ Role: "web" });
    await fake.sendCommand({ ...runShellScript("./deploy.sh"), Targets });
    expect(saidBy(() => assertReached(fake, "Success")).first).toMatch(
      /has not reached Success: it has no invocation\.$/,
    );
  });

  it("for the latest command only", async () => {
    const { fake, send } = await aCommand({ behavior: fails() });
    fake.nodes.list()[0]!.behavior = succeeds();
    await send("./other.sh");
    expect(saidBy(() => assertReached(fake, "Failed")).first).toMatch(`${NODE} is Success.`);
  });

  it("with the timeline of its command only", async () => {
    const { fake, send } = await aCommand({ behavior: fails() });
    const commandId = await send("./other.sh");
    const { timeline } = saidBy(() => assertReached(fake, "Success"));
    expect(timeline).toEqual(fake.timeline({ commandId }).split("\n"));
  });
});

describe("assertSucceeded", () => {
  it("holds when the command has succeeded", async () => {
    const { fake } = await aCommand({}, {});
    expect(() => assertSucceeded(fake)).not.toThrow();
  });

  it("fails with how the command ended, and the timeline", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails({ exitCode: 7 }) });
    const { message } = failureOf(() => assertSucceeded(fake));
    const [first, why = "", timeline] = message.split("\n\n");
    expect([first, timeline]).toEqual([
      `Command ${commandId} is Failed/Failed, not Success.`,
      fake.timeline(),
    ]);
    expect(fake.explain(commandId).text.endsWith(`\n${why}`)).toBe(true);
  });

  it("fails while the command is under way, and says what to do about it", async () => {
    const { fake, commandId } = await aCommand({ behavior: hangs() });
    const { first, timeline } = saidBy(() => assertSucceeded(fake));
    expect([first, timeline[0]]).toEqual([
      `Command ${commandId} is InProgress/InProgress, not Success.`,
      UNDER_WAY,
    ]);
  });

  it("fails for a command that went nowhere, which AWS calls a Success", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const Targets = tagTargets({ Role: "web" });
    await fake.sendCommand({ ...runShellScript("./deploy.sh"), Targets });
    expect(saidBy(() => assertSucceeded(fake)).first).toMatch(
      / ran nowhere: no node matches its targets\.$/,
    );
  });

  it("looks at the command that is named", async () => {
    const { fake, send, commandId } = await aCommand({});
    fake.nodes.list()[0]!.behavior = fails();
    await send("./other.sh");
    expect(() => assertSucceeded(fake, { commandId })).not.toThrow();
  });

  it("fails when the command does not exist", async () => {
    const { fake } = await aCommand({});
    const commandId = "00000000-0000-4000-8000-000000000000";
    expect(saidBy(() => assertSucceeded(fake, { commandId })).first).toBe(
      `There is no command ${commandId}.`,
    );
  });

  it("fails when nothing was sent", () => {
    expect(failureOf(() => assertSucceeded(new FakeSsm({ latency: "instant" }))).message).toBe(
      `No command was sent.${UNCALLED}`,
    );
  });
});

describe("an assertion that fails", () => {
  it("shows no parameter and no output", async () => {
    const behavior = fails({ stdout: "hunter2", stderr: "hunter2" });
    const { fake, send } = await aCommand({ behavior });
    await send("login hunter2");
    const failures = [
      failureOf(() => assertSent(fake, { document: "release" })),
      failureOf(() => assertReached(fake, "Success")),
      failureOf(() => assertSucceeded(fake)),
    ];
    const shown = failures.map(({ message, actual, expected }) => [message, actual, expected]);
    expect(JSON.stringify(shown)).not.toContain("hunter2");
  });

  it("begins its stack where it was called", async () => {
    const { fake } = await aCommand({ behavior: fails() });
    const failed = () => assertReached(fake, "Success");
    expect(failureOf(failed).stack?.match(/^ +at .*/m)?.[0]).toMatch(/failed|assertions\.test/);
  });

  it("is an AssertionError by name, with what was found and what was wanted", async () => {
    const { fake } = await aCommand({ behavior: fails() });
    expect(failureOf(() => assertReached(fake, "Success"))).toMatchObject({
      name: "AssertionError",
      actual: [`${NODE} is Failed`],
      expected: "Success",
    });
  });
});
