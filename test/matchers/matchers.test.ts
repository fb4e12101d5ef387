import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import {
  assertNothingSent,
  assertNoUnusedTrouble,
  assertReached,
  assertSent,
  assertSucceeded,
  byPlugin,
  FakeSsm,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import "ssm-run-command/vitest";
import { describe, expect, it, vi } from "vitest";
import { saidBy } from "../support/said-by.ts";

const [NODE, OTHER] = ["i-00000000000000001", "i-00000000000000002"] as const;
const TAGS = { Role: "web" };
const REQUEST = { ...runShellScript("./deploy.sh"), Targets: tagTargets(TAGS) };

const UNCALLED =
  "No command was sent.\n\nNo call has reached this fake: await the code that makes it, and give that code this fake, or a client of it.";

/** A fake with these nodes, and a command that all of them got. */
async function aCommand(...nodes: readonly NodeOptions[]) {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: nodes.map((node) => ({ tags: TAGS, ...node })),
  });
  const sent = await new RunCommandClient(fake).send(REQUEST);
  return { fake, sent, commandId: sent.commandId };
}

/** How a command to these nodes ended, as the client says it. */
async function anOutcome(...nodes: readonly NodeOptions[]) {
  const { sent } = await aCommand(...nodes);
  return sent.waitForTerminal();
}

describe("toHaveReached", () => {
  it("holds for a detail that an invocation has", async () => {
    const { fake } = await aCommand({ behavior: fails() }, {});
    expect(fake).toHaveReached("Failed");
    expect(fake).toHaveReached("Success", { on: OTHER });
    expect(fake).not.toHaveReached("Success", { on: NODE });
    expect(fake).not.toHaveReached("Cancelled");
  });

  it("looks at the command that is named", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails() });
    fake.nodes.list()[0]!.behavior = succeeds();
    await new RunCommandClient(fake).send(REQUEST);
    expect(fake).toHaveReached("Failed", { commandId });
    expect(fake).not.toHaveReached("Failed");
  });

  it("holds for every detail that the timeline shows", async () => {
    const { fake, sent } = await aCommand({ behavior: hangs() }, {});
    await sent.cancel();
    expect(fake).toHaveReached("Cancelling", { on: NODE });
    await sent.waitForTerminal();
    expect(fake.timeline()).toMatch(/InProgress → Cancelling\n(?:.*\n)*.* Cancelling → Cancelled/);
    for (const detail of ["Pending", "InProgress", "Cancelling", "Cancelled"] as const) {
      expect(fake).toHaveReached(detail, { on: NODE });
    }
    expect(fake).not.toHaveReached("Cancelling", { on: OTHER });
    expect(saidBy(() => expect(fake).not.toHaveReached("InProgress", { on: OTHER }))).toMatch(
      `has reached InProgress on ${OTHER}, which was not expected: ${OTHER} was InProgress and is Success now.\n\n`,
    );
  });

  it("was never Cancelling when it was not begun", async () => {
    const { fake, sent } = await aCommand({ agent: "unreachable" });
    await fake.clock.advance("10m");
    await sent.cancel();
    expect(fake).toHaveReached("Cancelled");
    expect(fake).not.toHaveReached("Cancelling");
  });

  it("fails for a node that the fake does not have, under `not`, too", async () => {
    const { fake } = await aCommand({}, {});
    const said = [
      saidBy(() => expect(fake).toHaveReached("Failed", { on: "i-nope" })),
      saidBy(() => expect(fake).not.toHaveReached("Failed", { on: "i-nope" })),
    ];
    const sentence = `No node of this fake is called "i-nope". It has ${NODE}, ${OTHER}.\n\n${fake.timeline()}`;
    expect(said).toEqual([sentence, sentence]);
  });

  it("speaks of a node that was removed after the command, and of one that was added", async () => {
    const { fake } = await aCommand({ behavior: fails() });
    fake.nodes.get(NODE)?.remove();
    const { instanceId } = fake.nodes.add({});
    expect(fake).toHaveReached("Failed", { on: NODE });
    expect(fake).not.toHaveReached("Failed", { on: instanceId });
  });

  it("shows ten of many nodes", async () => {
    const { fake } = await aCommand(...Array.from({ length: 12 }, () => ({ behavior: fails() })));
    const [first = ""] = saidBy(() => expect(fake).toHaveReached("Cancelled")).split("\n");
    expect(first.match(/ is Failed/g)).toHaveLength(10);
    expect(first).toMatch(/, and 2 more\.$/);
  });

  it("says what was reached instead, and shows the timeline", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails() });
    expect(saidBy(() => expect(fake).toHaveReached("DeliveryTimedOut"))).toBe(
      `Command ${commandId} has not reached DeliveryTimedOut: ${NODE} is Failed.\n\n${fake.timeline()}`,
    );
  });

  it("says under `not` what was reached, and shows the timeline", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails() });
    expect(saidBy(() => expect(fake).not.toHaveReached("Failed", { on: NODE }))).toBe(
      `Command ${commandId} has reached Failed on ${NODE}, which was not expected: ${NODE} is Failed.\n\n${fake.timeline()}`,
    );
  });

  it("fails without a command, under `not`, too", () => {
    const fake = new FakeSsm();
    const said = [
      saidBy(() => expect(fake).toHaveReached("Failed")),
      saidBy(() => expect(fake).not.toHaveReached("Failed")),
    ];
    expect(said).toEqual([UNCALLED, UNCALLED]);
  });
});

describe("toHaveSucceeded on a fake", () => {
  it("holds for a command that has", async () => {
    const { fake, commandId } = await aCommand({});
    expect(fake).toHaveSucceeded();
    expect(fake).toHaveSucceeded({ commandId });
  });

  it("says how the command ended instead", async () => {
    const { fake, commandId } = await aCommand({ behavior: fails() }, {});
    expect(fake).not.toHaveSucceeded();
    expect(saidBy(() => expect(fake).toHaveSucceeded())).toBe(
      [
        `Command ${commandId} is Failed/Failed, not Success.`,
        "",
        "Decided by: more errors than MaxErrors allow (MaxErrors is 0).",
        `  failed (aws:runShellScript, exit code 1) on ${NODE}`,
        "    → GetCommandInvocation (ssm:GetCommandInvocation) has all that it wrote, or CloudWatch Logs or S3.",
        "Sources:",
        "  more errors than MaxErrors allow: [guide-send-multiple]",
        "",
        fake.timeline(),
      ].join("\n"),
    );
  });

  it("says what to do about a command that is under way", async () => {
    const { fake, commandId } = await aCommand({ behavior: hangs() });
    expect(fake).not.toHaveSucceeded();
    expect(saidBy(() => expect(fake).toHaveSucceeded())).toMatch(
      `Command ${commandId} is InProgress/InProgress, not Success.\n\nIt is still under way: wait for it`,
    );
  });

  it("says under `not` that it succeeded", async () => {
    const { fake, commandId } = await aCommand({});
    expect(saidBy(() => expect(fake).not.toHaveSucceeded())).toBe(
      `Command ${commandId} is Success, which was not expected.\n\n${fake.timeline()}`,
    );
  });
});

describe("toHaveSucceeded on an outcome", () => {
  it("holds for a command that has succeeded, and for each of its nodes", async () => {
    const outcome = await anOutcome({}, {});
    expect(outcome).toHaveSucceeded();
    for (const invocation of outcome.invocations) expect(invocation).toHaveSucceeded();
  });

  it("holds for what a promise resolves with", async () => {
    await expect(anOutcome({})).resolves.toHaveSucceeded();
    await expect(anOutcome({ behavior: fails() })).resolves.not.toHaveSucceeded();
  });

  it("says how it ended on each node, those first that did not succeed, and what the script said last", async () => {
    const behavior = fails({ exitCode: 7, stdout: "one\n", stderr: "two\ndisk full\n" });
    const outcome = await anOutcome({}, { behavior });
    expect(saidBy(() => expect(outcome).toHaveSucceeded())).toBe(
      [
        `Command ${outcome.command.CommandId} ended as Failed: 1 failed, 1 succeeded.`,
        "Decided by: more errors than MaxErrors allow (MaxErrors is 0).",
        `  failed (aws:runShellScript, exit code 7) on ${OTHER}:`,
        "    two",
        "    disk full",
        "    → GetCommandInvocation (ssm:GetCommandInvocation) has all that it wrote, or CloudWatch Logs or S3.",
      ].join("\n"),
    );
  });

  it("says what the script wrote to standard output, when it wrote nothing else", async () => {
    const outcome = await anOutcome({ behavior: fails({ stdout: "no such app\n" }) });
    expect(saidBy(() => expect(outcome).toHaveSucceeded())).toMatch(
      /exit code 1\) on i-\w+:\n {4}no such app$/m,
    );
  });

  it("says the exit code once, when the script wrote nothing", async () => {
    const outcome = await anOutcome({ behavior: fails({ exitCode: 7 }) });
    expect(saidBy(() => expect(outcome).toHaveSucceeded())).toMatch(/exit code 7\) on i-\w+$/m);
  });

  it("says how it ended on one node", async () => {
    const { invocations } = await anOutcome({ agent: "undeliverable" });
    expect(saidBy(() => expect(invocations[0]).toHaveSucceeded())).toBe(
      `The command on node ${NODE} ended as undeliverable.\n\n  ${NODE}  undeliverable`,
    );
  });

  it("says AWS's details where they say more", async () => {
    const outcome = await anOutcome({ behavior: fails() });
    const command = { ...outcome.command, StatusDetails: "FailedDueToAlarm" };
    expect(saidBy(() => expect({ ...outcome, command }).toHaveSucceeded())).toMatch(
      "ended as FailedDueToAlarm: 1 failed.\nDecided by: alarm.",
    );
  });

  it("fails for a command that ran nowhere, which AWS calls a success", async () => {
    const outcome = await anOutcome();
    expect(saidBy(() => expect(outcome).toHaveSucceeded())).toMatch(
      `Command ${outcome.command.CommandId} ran nowhere: no node matches its targets [`,
    );
  });

  it("shows the nodes that did not succeed first, those whose script was killed with their plugin", async () => {
    const outcome = await anOutcome({}, { behavior: fails() }, {}, { behavior: hangs() });
    const said = saidBy(() => expect(outcome).toHaveSucceeded());
    expect(said).toContain("2 succeeded");
    expect(said).toMatch(/^ {2}executionTimedOut \(aws:runShellScript.*\) on i-/m);
  });

  it("shows a long line of output", async () => {
    const outcome = await anOutcome({ behavior: fails({ stderr: `${"x".repeat(1_000)}\n` }) });
    expect(saidBy(() => expect(outcome).toHaveSucceeded())).toMatch(/^ {4}x{1000}$/m);
  });

  it("shows ten of many nodes", async () => {
    const outcome = await anOutcome(...Array.from({ length: 12 }, () => ({ behavior: fails() })));
    const said = saidBy(() => expect(outcome).toHaveSucceeded());
    expect(said).toMatch(/ on (i-\w+, ){9}i-\w+ and 2 more$/m);
  });

  it("says under `not` that it succeeded", async () => {
    const outcome = await anOutcome({});
    expect(saidBy(() => expect(outcome).not.toHaveSucceeded())).toBe(
      `Command ${outcome.command.CommandId} succeeded, which was not expected.`,
    );
  });
});

describe("toHaveNoUnusedTrouble", () => {
  it("holds when every fault has struck, and when there is none", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    expect(fake).toHaveNoUnusedTrouble();
    fake.faults.slow("ListCommands", { every: 1, by: "1s" });
    await fake.listCommands({});
    expect(fake).toHaveNoUnusedTrouble();
  });

  it("holds when a fault that never struck was taken back", () => {
    const fake = new FakeSsm();
    const takeBack = fake.faults.throttle("SendCommand", { times: 1 });
    expect(fake).not.toHaveNoUnusedTrouble();
    takeBack();
    expect(fake).toHaveNoUnusedTrouble();
  });

  it("holds when a handler and a behavior came to nothing, which are no trouble", async () => {
    const fake = new FakeSsm({ nodes: [{ behavior: fails() }] });
    fake.on("CancelCommand", () => undefined);
    expect(fake.unused()).toHaveLength(2);
    expect(fake).toHaveNoUnusedTrouble();
  });

  it("says which faults never struck and what was called, and shows the timeline", async () => {
    const { fake } = await aCommand({});
    fake.faults.throttle("CancelCommand", { times: 1 });
    fake.faults.resetConnection("SendCommand", { every: 3 });
    fake.faults.slow("ListCommands", { times: 1, by: "1s" });
    fake.faults.denyAccess("ListCommandInvocations", { times: 1 });
    await fake.listCommands({});
    await fake.listCommandInvocations({}).catch(() => {});
    expect(saidBy(() => expect(fake).toHaveNoUnusedTrouble())).toBe(
      [
        "Faults that were ordered never struck: throttle CancelCommand, resetConnection SendCommand. The calls were: SendCommand (1), ListCommands (1), ListCommandInvocations (1). Order a fault for a call that the code makes, or remove it with the function that fake.faults returned.",
        "",
        fake.timeline(),
      ].join("\n"),
    );
  });

  it.each(["breakBody", "loseAnswer"] as const)("counts a call once: %s", async (fault) => {
    const { fake } = await aCommand({});
    fake.faults[fault]("ListCommands", { times: 1 });
    fake.faults.throttle("CancelCommand", { times: 1 });
    await fake.listCommands({}).catch(() => {});
    expect(saidBy(() => expect(fake).toHaveNoUnusedTrouble())).toContain("ListCommands (1)");
  });

  it("says that no call has reached the fake", () => {
    const fake = new FakeSsm();
    fake.faults.throttle("SendCommand", { times: 1 });
    expect(saidBy(() => expect(fake).toHaveNoUnusedTrouble())).toMatch(
      /never struck: throttle SendCommand\. Order .*\n\nNo call has reached this fake: /,
    );
  });
});

describe("a matcher", () => {
  it.each([
    [() => expect(5 as unknown).toHaveSentCommand(), "toHaveSentCommand() was given 5."],
    [() => expect(fetch as unknown).not.toHaveReached("Failed"), "toHaveReached() was given "],
    [
      () => expect(Promise.resolve(new FakeSsm())).toHaveNoUnusedTrouble(),
      "toHaveNoUnusedTrouble() was given a promise.",
    ],
  ])("refuses what is no fake, under `not`, too", (assertion, sentence) => {
    const said = saidBy(assertion);
    expect(said).toContain(sentence);
    expect(said).toContain("Give expect() a FakeSsm.");
  });

  it("refuses a promise that was not awaited, and says how", async () => {
    const { sent } = await aCommand({});
    expect(saidBy(() => expect(sent.waitForTerminal()).toHaveSucceeded())).toBe(
      "toHaveSucceeded() was given a promise. Give expect() a FakeSsm, or an outcome: expect(await sent.waitForTerminal()).",
    );
  });

  it.each([
    ["toHaveSentCommand", (fake: FakeSsm) => expect(fake).not.toHaveSentCommand({ times: 3 })],
    ["toHaveReached", (fake: FakeSsm) => expect(fake).not.toHaveReached("Cancelled")],
    ["toHaveSucceeded", (fake: FakeSsm) => expect(fake).toHaveSucceeded()],
    ["toHaveNoUnusedTrouble", (fake: FakeSsm) => expect(fake).toHaveNoUnusedTrouble()],
    ["assertSent", (fake: FakeSsm) => assertSent(fake)],
    ["assertNothingSent", (fake: FakeSsm) => assertNothingSent(fake)],
    ["assertReached", (fake: FakeSsm) => assertReached(fake, "Success")],
    ["assertSucceeded", (fake: FakeSsm) => assertSucceeded(fake)],
    ["assertNoUnusedTrouble", (fake: FakeSsm) => assertNoUnusedTrouble(fake)],
  ])("throws the mistake of a plugin that no step has: %s", async (_, assertion) => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const behavior = byPlugin({ instal: fails() });
    const fake = new FakeSsm({ latency: "instant", nodes: [{ tags: TAGS, behavior }] });
    await fake.sendCommand(REQUEST);
    await fake.clock.advance("1s");
    expect(saidBy(() => assertion(fake))).toMatch(
      `byPlugin() of ${NODE} has a behavior for the plugin "instal"`,
    );
  });

  it("works with `expect.soft` and a local `expect`", async ({ expect: local }) => {
    const { fake } = await aCommand({});
    expect.soft(fake).toHaveSentCommand({ times: 1 });
    local(fake).toHaveSucceeded();
  });
});
