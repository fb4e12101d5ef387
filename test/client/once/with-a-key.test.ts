import { SSMClient } from "@aws-sdk/client-ssm";
import { KeyTakenError, MaybeSentError, RunCommandClient, runShellScript } from "ssm-run-command";
import { hangs } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { aSender, NODE, REQUEST, WRAPPED, withTrouble } from "./a-sender.ts";

const KEY = "deploy-1a2b";
const OTHER_NODE = "i-0123456789abcdef1";

describe.each(WRAPPED)("send() over %s, with a key,", (_, wrap) => {
  it("sends once, however often it is called, and says that the command was there", async () => {
    const { runCommand, sent } = aSender(wrap);
    const first = await runCommand.send(REQUEST, { once: KEY });
    await first.waitForTerminal();
    const second = await runCommand.send(REQUEST, { once: KEY });
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    expect(second.commandId).toBe(first.commandId);
    expect((await second.waitForTerminal()).kind).toBe("succeeded");
    expect(sent()).toBe(1);
  });

  it("adopts its own command when only the answer was lost", async () => {
    const { fake, runCommand, sent } = aSender(wrap);
    fake.faults.breakBody("SendCommand", { times: 1 });
    const found = await runCommand.send(REQUEST, { once: KEY });
    expect([found.adopted, sent()]).toEqual([true, 1]);
    expect((await found.waitForTerminal()).kind).toBe("succeeded");
  });

  it("sends nothing again when it was not shown, and says so with the key", async () => {
    const { fake, runCommand, sent } = aSender(wrap);
    fake.faults.internalError("SendCommand", { times: 1 });
    const error = await rejectionOf(runCommand.send(REQUEST, { once: KEY }));
    expect(error).toBeInstanceOf(MaybeSentError);
    expect(error).toMatchObject({ key: KEY });
    expect(String(error)).toBe(
      'MaybeSentError: The command may have been sent: SendCommand failed with InternalServerError: UnknownError. ListCommands did not show it for 15s. error.find() looks for it; with { once: "deploy-1a2b" }, send() does.',
    );
    expect(sent()).toBe(0);
  });

  it("sends again when it was not shown and the caller says so", async () => {
    const { fake, runCommand, sent } = aSender(wrap);
    fake.faults.internalError("SendCommand", { times: 2 });
    const command = await runCommand.send(REQUEST, { once: KEY, notFound: "sendAgain" });
    expect([command.adopted, sent()]).toEqual([false, 1]);
  });

  it("gives up after three sends", async () => {
    const { fake, runCommand } = aSender(wrap);
    fake.faults.internalError("SendCommand", { every: 1 });
    const sending = runCommand.send(REQUEST, { once: KEY, notFound: "sendAgain" });
    expect(await rejectionOf(sending)).toBeInstanceOf(MaybeSentError);
    const struck = fake.journal.entries("SendCommand").filter(({ type }) => type === "fault");
    expect(struck).toHaveLength(3);
  });
});

describe("the look before the send", () => {
  it("is one call for each fifty commands of that document, in the time of `within`", async () => {
    const { fake, runCommand, callsOf } = aSender(undefined, { latency: "instant" });
    for (let i = 0; i < 120; i++) await fake.sendCommand({ ...REQUEST, Comment: `[once:k-${i}]` });
    await fake.documents.add("release", {
      schemaVersion: "2.2",
      mainSteps: [{ action: "aws:runShellScript", name: "a", inputs: { runCommand: ["true"] } }],
    });
    for (let i = 0; i < 60; i++)
      await fake.sendCommand({ DocumentName: "release", InstanceIds: [NODE] });
    await runCommand.send(REQUEST, { once: KEY });
    expect(callsOf("ListCommands")).toBe(3);
    await runCommand.send(REQUEST, { once: "k-119" });
    expect(callsOf("ListCommands")).toBe(4);
    await fake.clock.sleep("2h");
    await runCommand.send(REQUEST, { once: "another", within: "1h" });
    expect(callsOf("ListCommands")).toBe(5);
  });

  it.each([
    ["of the last day, by default", "23h", {}, true],
    ["of the last day, by default", "25h", {}, false],
    ["of the time that `within` says", "90m", { within: "2h" }, true],
    ["of the time that `within` says", "150m", { within: "2h" }, false],
  ] as const)("finds a command %s: %s old", async (_, age, options, isAdopted) => {
    const { fake, runCommand } = aSender();
    await runCommand.send(REQUEST, { once: KEY });
    await fake.clock.sleep(age);
    expect((await runCommand.send(REQUEST, { once: KEY, ...options })).adopted).toBe(isAdopted);
  });

  it("finds one that is running, and one that failed or was cancelled", async () => {
    const { runCommand, sent } = aSender(undefined, {
      nodes: [{ instanceId: NODE, behavior: hangs() }],
    });
    const first = await runCommand.send(REQUEST, { once: KEY });
    expect((await runCommand.send(REQUEST, { once: KEY })).adopted).toBe(true);
    await first.cancel();
    await first.waitForTerminal();
    const again = await runCommand.send(REQUEST, { once: KEY });
    expect([again.adopted, again.command.Status, sent()]).toEqual([true, "Cancelled", 1]);
  });

  it.each([
    ["denyAccess", "AccessDeniedException"],
    ["expireToken", "ExpiredTokenException"],
    ["internalError", "InternalServerError"],
  ] as const)("that fails by %s comes out, and nothing is sent", async (fault, name) => {
    const { fake, runCommand, sent } = aSender();
    fake.faults[fault]("ListCommands", { every: 1 });
    const error = await rejectionOf(runCommand.send(REQUEST, { once: KEY }));
    expect(error).toMatchObject({ name });
    expect(error).not.toBeInstanceOf(MaybeSentError);
    expect(sent()).toBe(0);
  });

  it("is not made without a key", async () => {
    const { runCommand, callsOf } = aSender();
    await runCommand.send(REQUEST);
    expect(callsOf("ListCommands")).toBe(0);
  });

  it("takes an ARN for the document that it names", async () => {
    const { runCommand, sent } = aSender();
    const DocumentName = "arn:aws:ssm:us-east-1::document/AWS-RunShellScript";
    const first = await runCommand.send({ ...REQUEST, DocumentName }, { once: KEY });
    const second = await runCommand.send({ ...REQUEST, DocumentName }, { once: KEY });
    expect([second.commandId, sent()]).toEqual([first.commandId, 1]);
  });
});

describe("a key", () => {
  it("stands at the end of Comment, after its text", async () => {
    const { fake, runCommand } = aSender();
    await runCommand.send({ ...REQUEST, Comment: "nightly" }, { once: KEY });
    await runCommand.send(REQUEST, { once: "alone" });
    expect(fake.records().map(({ request }) => request.Comment)).toEqual([
      "nightly [once:deploy-1a2b]",
      "[once:alone]",
    ]);
  });

  it("leaves the request of the caller as it is", async () => {
    const request = Object.freeze({ ...REQUEST, Comment: "nightly" });
    await aSender().runCommand.send(request, { once: KEY });
    expect(request.Comment).toBe("nightly");
  });

  it.each([
    ["deploy", "deploy-1a2b"],
    ["deploy-1a2b", "deploy"],
    ["b", "a[once:b"],
    ["KEY", "key"],
  ])("%s is not the key %s", async (first, second) => {
    const { runCommand, sent } = aSender();
    await runCommand.send(REQUEST, { once: first });
    expect((await runCommand.send(REQUEST, { once: second })).adopted).toBe(false);
    expect(sent()).toBe(2);
  });

  it("is not that of a part, and not what stands elsewhere in a Comment", async () => {
    const { fake, runCommand } = aSender();
    for (const Comment of [`[once:${KEY} 1/2]`, `[once:${KEY}] by hand`, `x[once:${KEY}]`, KEY]) {
      await fake.sendCommand({ ...REQUEST, Comment });
    }
    expect((await runCommand.send(REQUEST, { once: KEY })).adopted).toBe(false);
  });

  it("of another document is another key", async () => {
    const { fake, runCommand, sent } = aSender();
    fake.nodes.add({ instanceId: OTHER_NODE, platform: "Windows" });
    await runCommand.send(REQUEST, { once: KEY });
    await runCommand.send(
      { ...REQUEST, DocumentName: "AWS-RunPowerShellScript", InstanceIds: [OTHER_NODE] },
      { once: KEY },
    );
    expect(sent()).toBe(2);
  });

  it.each([
    ["Parameters.commands", { ...runShellScript("./another.sh") }],
    [
      "Parameters.workingDirectory",
      { Parameters: { ...REQUEST.Parameters, workingDirectory: ["/"] } },
    ],
    ["InstanceIds", { InstanceIds: [OTHER_NODE] }],
    [
      "InstanceIds, Targets",
      { InstanceIds: undefined, Targets: [{ Key: "tag:Role", Values: ["web"] }] },
    ],
  ])("of another request is refused by what differs: %s", async (differs, members) => {
    const { fake, runCommand, sent } = aSender();
    fake.nodes.add({ instanceId: OTHER_NODE, tags: { Role: "web" } });
    const { commandId } = await runCommand.send(REQUEST, { once: KEY });
    const other = { ...REQUEST, ...members } as typeof REQUEST;
    const error = await rejectionOf(runCommand.send(other, { once: KEY }));
    expect(error).toBeInstanceOf(KeyTakenError);
    expect(error).toMatchObject({ key: KEY, commandId, differs: differs.split(", ") });
    expect(String(error)).toBe(
      `KeyTakenError: The key "deploy-1a2b" is that of command ${commandId}, which differs in ${differs}. Use another key, or { adoptOther: true }.`,
    );
    expect(sent()).toBe(1);
    const adopted = await runCommand.send(other, { once: KEY, adoptOther: true });
    expect(adopted).toMatchObject({ commandId, adopted: true });
  });

  it("is that of one request in whatever order its targets are, and whatever else differs", async () => {
    const { fake, runCommand, sent } = aSender();
    fake.nodes.add({ instanceId: OTHER_NODE });
    const both = { ...REQUEST, InstanceIds: [NODE, OTHER_NODE] };
    await runCommand.send({ ...both, Comment: "Monday" }, { once: KEY });
    const turned = { ...both, InstanceIds: [OTHER_NODE, NODE], Comment: "Tuesday", MaxErrors: "1" };
    expect((await runCommand.send(turned, { once: KEY })).adopted).toBe(true);
    const tags = [
      { Key: "tag:Role", Values: ["web", "db"] },
      { Key: "tag:Stage", Values: ["prod"] },
    ];
    const byTag = { ...runShellScript("./deploy.sh"), Targets: tags };
    await runCommand.send(byTag, { once: "tags" });
    const Targets = [
      { Key: "tag:Stage", Values: ["prod"] },
      { Key: "tag:Role", Values: ["db", "web"] },
    ];
    expect((await runCommand.send({ ...byTag, Targets }, { once: "tags" })).adopted).toBe(true);
    expect(sent()).toBe(2);
  });
});

describe("what is refused before any call", () => {
  it.each([
    ["an empty key", { once: "" }, /^once of send\(\) is ""\./],
    ["a key with white space", { once: "a b" }, /^once of send\(\) is "a b"\./],
    ["a key with a bracket", { once: "a]" }, /^once of send\(\) is "a\]"\./],
    ["a key that is too long", { once: "k".repeat(94) }, /^Comment has 101 characters/],
    ["a `within` that is no duration", { once: "k", within: "1" }, /^within is "1"/],
    ["a `lookFor` that is no duration", { lookFor: "soon" }, /^lookFor is "soon"/],
    [
      "an option that does not exist",
      { onec: "k" },
      /^send\(\) has no option "onec"\. Did you mean once\?/,
    ],
    [
      "a word that an option does not have",
      { notFound: "again" },
      /^notFound of send\(\) is "again"/,
    ],
  ])("%s", async (_, options, message) => {
    const { fake, runCommand } = aSender();
    const error = await rejectionOf(runCommand.send(REQUEST, options as never));
    expect((error as Error).message).toMatch(message);
    expect(fake.journal.entries()).toEqual([]);
  });
});

describe("when the answer was lost", () => {
  it("the SDK does not send again, whatever `resend` says: the key counts", async () => {
    const { fake } = aSender();
    let calls = 0;
    const config = withTrouble(fake, async (answer) => {
      const answered = await answer();
      // The first call is the look, the second the send.
      if (++calls !== 2) return answered;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    });
    const runCommand = new RunCommandClient(new SSMClient(config));
    const sent = await runCommand.send(REQUEST, { once: KEY, resend: "sdk" });
    expect([sent.adopted, fake.records().length]).toEqual([true, 1]);
  });

  it("trouble of ListCommands is ridden out", async () => {
    const { fake, runCommand, sent } = aSender();
    fake.faults.breakBody("SendCommand", { times: 1 });
    fake.on("SendCommand", () => void fake.faults.throttle("ListCommands", { times: 5 }));
    expect((await runCommand.send(REQUEST, { once: KEY })).adopted).toBe(true);
    expect(sent()).toBe(1);
  });

  it("a refusal of ListCommands leaves it unknown", async () => {
    const { fake, runCommand } = aSender();
    fake.faults.breakBody("SendCommand", { times: 1 });
    fake.on("SendCommand", () => void fake.faults.denyAccess("ListCommands", { times: 1 }));
    const error = await rejectionOf(runCommand.send(REQUEST, { once: KEY }));
    expect(error).toBeInstanceOf(MaybeSentError);
    expect(String(error)).toContain("ListCommands failed with AccessDeniedException: ");
    expect((await (error as MaybeSentError).find())?.adopted).toBe(true);
  });

  it("an abort ends the looking with its reason", async () => {
    const { fake, runCommand } = aSender();
    const stop = new AbortController();
    fake.faults.internalError("SendCommand", { times: 1 });
    const sending = runCommand.send(REQUEST, { once: KEY, abortSignal: stop.signal });
    const reason = new Error("enough");
    void fake.clock.sleep("5s").then(() => stop.abort(reason));
    expect(await rejectionOf(sending)).toBe(reason);
  });

  it("it is looked for as long as `lookFor` says", async () => {
    const { fake, runCommand } = aSender(undefined, {
      latency: { callDelay: "0s", sendAnswerDelay: "0s" },
    });
    fake.faults.internalError("SendCommand", { times: 1 });
    const begun = fake.clock.now();
    await rejectionOf(runCommand.send(REQUEST, { once: KEY, lookFor: "90s" }));
    expect(fake.clock.now() - begun).toBe(90_000);
  });
});

describe("what a key cannot promise", () => {
  it("two processes with one key at the same moment may both send", async () => {
    const { fake, sent } = aSender();
    const waiting: (() => void)[] = [];
    // The answers to both looks leave the service before either of them has sent.
    const config = withTrouble(fake, async (answer) => {
      const answered = await answer();
      await new Promise<void>((goOn) => {
        waiting.push(goOn);
        if (waiting.length === 2) for (const each of waiting) each();
        if (waiting.length > 2) goOn();
      });
      return answered;
    });
    const send = () => new RunCommandClient(new SSMClient(config)).send(REQUEST, { once: KEY });
    const both = await Promise.all([send(), send()]);
    expect(both.map(({ adopted }) => adopted)).toEqual([false, false]);
    expect(sent()).toBe(2);
  });

  it("one that is started again before the command is visible may send again", async () => {
    const { fake, runCommand, sent } = aSender();
    await runCommand.send(REQUEST, { once: KEY });
    fake.on("ListCommands", () => ({ answer: { Commands: [] } }));
    await new RunCommandClient(fake).send(REQUEST, { once: KEY });
    expect(sent()).toBe(2);
  });
});
